package dev.monarch.staging;

import java.util.ArrayList;
import java.util.List;

import dev.monarch.MonarchException;
import dev.monarch.OperationRefusedException;
import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.Omission;

/**
 * What a restore or a copy does, as things stand. What a dry run shows is what is executed: there is no other check.
 *
 * <p>Immutable.
 */
public final class ReplacementPlan {

    private final StagingRequest request;

    private final String environment;

    private final ReplacementScope scope;

    private final List<MonarchException> refusedByOrigin;

    private final List<String> problems;

    private final List<String> warnings;

    private final List<Omission> omissions;

    private final String origin;

    private final boolean byName;

    ReplacementPlan(
            StagingRequest request,
            String environment,
            String origin,
            ReplacementScope scope,
            List<MonarchException> refusedByOrigin,
            List<String> problems,
            List<String> warnings,
            List<Omission> omissions,
            boolean byName) {
        this.request = request;
        this.environment = environment;
        this.origin = origin;
        this.scope = scope;
        this.refusedByOrigin = List.copyOf(refusedByOrigin);
        this.problems = List.copyOf(problems);
        this.warnings = List.copyOf(warnings);
        this.omissions = List.copyOf(omissions);
        this.byName = byName;
    }

    /**
     * Returns where the data comes from.
     *
     * @return a backup, the path of an archive, or an environment
     */
    public String origin() {
        return origin;
    }

    /**
     * {@return the environment it goes into}
     */
    public String environment() {
        return environment;
    }

    /**
     * {@return the collections and views that are there and become those that come}
     */
    public List<String> replaced() {
        return scope.replaced();
    }

    /**
     * {@return the collections and views that are not there yet}
     */
    public List<String> created() {
        return scope.created();
    }

    /**
     * {@return the collections and views that are there and do not come}
     */
    public List<String> removed() {
        return scope.removed();
    }

    /**
     * {@return the collections and views that stay as they are}
     */
    public List<String> kept() {
        return scope.kept();
    }

    /**
     * {@return why it is refused, as sentences; none if it can be done}
     */
    public List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        refusedByOrigin.forEach(refusal -> refusals.add(String.valueOf(refusal.getMessage())));
        problems.forEach(
                problem -> refusals.add(Character.toUpperCase(problem.charAt(0)) + problem.substring(1) + "."));
        return refusals;
    }

    /**
     * {@return what to think of before, as sentences}
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Tells whether a plain yes does not suffice, whether or not the environment is protected.
     *
     * @return true if fewer than a tenth of its documents would be left
     */
    public boolean needsName() {
        return byName;
    }

    /**
     * {@return what does not travel: what is not a user's, and options and indexes that servers do not take}
     */
    public List<Omission> omissions() {
        return omissions;
    }

    /**
     * Tells whether it can be done.
     *
     * @return false if there are refusals
     */
    public boolean isPossible() {
        return refusedByOrigin.isEmpty() && problems.isEmpty();
    }

    /**
     * Refuses what cannot be done.
     *
     * @throws MonarchException the first refusal of whoever brings the data
     * @throws OperationRefusedException if something in the target prevents it, with all that does
     */
    void requirePossible() {
        for (MonarchException refusal : refusedByOrigin) {
            throw refusal;
        }
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(
                    request.operation(), environment, String.join("; ", problems), "Nothing has been changed.");
        }
    }

    Catalogue coming() {
        return scope.coming();
    }

    ReplacementScope scope() {
        return scope;
    }
}
