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

/** A plan with all its findings. The plan that is shown is the plan that is executed. */
final class PlannedReplacement implements ReplacementPlan {

    private final StagingRequest request;

    private final String environment;

    private final ReplacementScope scope;

    private final Findings findings;

    private final String origin;

    /**
     * What planning a replacement has found.
     *
     * @param refusedByOrigin why the source refuses
     * @param problems what in the target prevents it, as clauses
     * @param warnings warnings about the replacement
     * @param omissions the omitted objects
     * @param unsharded what is sharded in the source and will not be in the target
     * @param byName whether it must be confirmed with the name of the environment
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

    /** The origin may refuse because of another environment than the plan's, so the text names it. */
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

    /**
     * Throws if the replacement is not possible: the first refusal of the source, or else everything in the target
     * that prevents it.
     */
    void requirePossible() {
        for (MonarchException refusal : findings.refusedByOrigin()) {
            throw refusal;
        }
        if (!findings.problems().isEmpty()) {
            throw new OperationRefusedException(request.operation(), environment, findings.problems());
        }
    }

    Catalogue incoming() {
        return scope.incoming();
    }

    ReplacementScope scope() {
        return scope;
    }
}
