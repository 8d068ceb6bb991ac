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

    private final Findings findings;

    private final String origin;

    /**
     * What there is to say about a replacement.
     *
     * @param refusedByOrigin why whoever brings the data refuses
     * @param problems what in the target prevents it, as clauses
     * @param warnings what to think of before, as sentences
     * @param omissions what does not travel
     * @param unsharded what was sharded and will not be
     * @param byName whether a plain yes does not suffice
     */
    record Findings(
            List<MonarchException> refusedByOrigin,
            List<String> problems,
            List<String> warnings,
            List<Omission> omissions,
            List<UnshardedCollection> unsharded,
            boolean byName) {

        Findings {
            refusedByOrigin = List.copyOf(refusedByOrigin);
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
            omissions = List.copyOf(omissions);
            unsharded = List.copyOf(unsharded);
        }
    }

    ReplacementPlan(
            StagingRequest request, String environment, String origin, ReplacementScope scope, Findings findings) {
        this.request = request;
        this.environment = environment;
        this.origin = origin;
        this.scope = scope;
        this.findings = findings;
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
        findings.refusedByOrigin().forEach(refusal -> refusals.add(String.valueOf(refusal.getMessage())));
        findings.problems()
                .forEach(
                        problem -> refusals.add(Character.toUpperCase(problem.charAt(0)) + problem.substring(1) + "."));
        return refusals;
    }

    /**
     * {@return what to think of before, as sentences}
     */
    public List<String> warnings() {
        return findings.warnings();
    }

    /**
     * Tells whether a plain yes does not suffice, whether or not the environment is protected.
     *
     * @return true if fewer than a tenth of its documents would be left
     */
    public boolean needsName() {
        return findings.byName();
    }

    /**
     * {@return what does not travel: what is not a user's, and options and indexes that servers do not take}
     */
    public List<Omission> omissions() {
        return findings.omissions();
    }

    /**
     * Returns the collections that are sharded where the data comes from, and not where it goes: Monarch does not shard.
     *
     * @return those whose shard key is known, in the order of their names; none if the target is no sharded cluster
     */
    public List<UnshardedCollection> unsharded() {
        return findings.unsharded();
    }

    /**
     * Tells whether it can be done.
     *
     * @return false if there are refusals
     */
    public boolean isPossible() {
        return findings.refusedByOrigin().isEmpty() && findings.problems().isEmpty();
    }

    /**
     * Refuses what cannot be done.
     *
     * @throws MonarchException the first refusal of whoever brings the data
     * @throws OperationRefusedException if something in the target prevents it, with all that does
     */
    void requirePossible() {
        for (MonarchException refusal : findings.refusedByOrigin()) {
            throw refusal;
        }
        if (!findings.problems().isEmpty()) {
            throw new OperationRefusedException(
                    request.operation(),
                    environment,
                    String.join("; ", findings.problems()),
                    "Nothing has been changed.");
        }
    }

    Catalogue coming() {
        return scope.coming();
    }

    ReplacementScope scope() {
        return scope;
    }
}
