package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import dev.monarch.Fact;
import dev.monarch.MonarchException;
import dev.monarch.OperationRefusedException;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.transfer.Omission;

/** A plan together with what was found on the way to it: what is shown is what is executed. */
final class PlannedReplacement implements ReplacementPlan {

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
     * @param warnings what to think of before
     * @param omissions what does not travel
     * @param unsharded what was sharded and will not be
     * @param byName whether a plain yes does not suffice
     */
    record Findings(
            List<MonarchException> refusedByOrigin,
            List<Fact> problems,
            List<Fact> warnings,
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

    PlannedReplacement(
            StagingRequest request, String environment, String origin, ReplacementScope scope, Findings findings) {
        this.request = request;
        this.environment = environment;
        this.origin = origin;
        this.scope = scope;
        this.findings = findings;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public String environment() {
        return environment;
    }

    @Override
    public List<String> replaced() {
        return scope.replaced();
    }

    @Override
    public List<String> created() {
        return scope.created();
    }

    @Override
    public List<String> removed() {
        return scope.removed();
    }

    @Override
    public List<String> kept() {
        return scope.kept();
    }

    @Override
    public List<Fact> refusals() {
        List<Fact> refusals = new ArrayList<>();
        for (MonarchException refusal : findings.refusedByOrigin()) {
            refusal.facts().forEach(fact -> refusals.add(naming(refusal, fact)));
        }
        refusals.addAll(findings.problems());
        return refusals;
    }

    /** A refusal of the origin's is of an environment that may be another one than the plan's. */
    private static Fact naming(MonarchException refusal, Fact fact) {
        return refusal instanceof OperationRefusedException refused
                ? new Fact(
                        fact.reason(),
                        "refused to " + refused.operation() + " '" + refused.environment() + "': " + fact.text())
                : fact;
    }

    @Override
    public List<Fact> warnings() {
        return findings.warnings();
    }

    @Override
    public boolean needsName() {
        return findings.byName();
    }

    @Override
    public List<Omission> omissions() {
        return findings.omissions();
    }

    @Override
    public List<UnshardedCollection> unsharded() {
        return findings.unsharded();
    }

    @Override
    public boolean isPossible() {
        return findings.refusedByOrigin().isEmpty() && findings.problems().isEmpty();
    }

    /** Refuses what cannot be done: the first refusal of whoever brings the data, else all that the target prevents. */
    void requirePossible() {
        for (MonarchException refusal : findings.refusedByOrigin()) {
            throw refusal;
        }
        if (!findings.problems().isEmpty()) {
            throw new OperationRefusedException(request.operation(), environment, findings.problems());
        }
    }

    Catalogue coming() {
        return scope.coming();
    }

    ReplacementScope scope() {
        return scope;
    }
}
