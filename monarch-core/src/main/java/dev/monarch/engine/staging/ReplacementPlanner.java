package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.monarch.Fact;
import dev.monarch.MonarchException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Plans the replacement of a database, and finds everything that prevents it. Changes nothing. For one replacement;
 * safe for use by several threads.
 */
final class ReplacementPlanner {

    /** If a whole database becomes ten times smaller, it is probably a mistake. */
    private static final int SHRINK_FACTOR = 10;

    private final MonarchEnvironment target;

    private final TargetServer server;

    private final StagingRequest request;

    private final StagingRequest.Replacement replacement;

    ReplacementPlanner(MonarchEnvironment target, StagingRequest request) {
        this.target = target;
        this.server = new TargetServer(target);
        this.request = request;
        this.replacement = request.replacement();
    }

    MonarchEnvironment target() {
        return target;
    }

    StagingRequest request() {
        return request;
    }

    /** Plans to load the collections of a source. */
    PlannedReplacement plan(ReplacementOrigin origin) {
        List<MonarchException> refusals = refusals(origin);
        List<Fact> warnings = new ArrayList<>();
        origin.warnings().forEach(warning -> warnings.add(Fact.note(warning)));
        AcceptedCatalogue accepted = AcceptedCatalogue.of(origin.incoming(), request.indexes());
        ReplacementScope scope = scope(accepted.catalogue());
        boolean nearlyEmpties = nearlyEmpties(scope, origin.documents());
        if (nearlyEmpties) {
            warnings.add(Fact.note("Fewer than a tenth of the documents of '" + target.name()
                    + "' would remain, so confirm with the name of the environment."));
            if (!origin.approval().names(target.name())) {
                refusals.add(new OperationRefusedException(
                        request.operation(),
                        target.name(),
                        Reason.NEARLY_EMPTIES_TARGET,
                        "fewer than a tenth of its documents would remain, so the confirmation must name '"
                                + target.name() + "'"));
            }
        }
        warnings.addAll(
                new ExpiryWarnings(origin, target.ownDatabase(), replacement.parkTimeToLive()).of(scope.incoming()));
        TargetShards shards = TargetShards.of(server, scope, origin.shardKeys());
        return plan(origin.title(), accepted, scope, shards, origin.bytes(), refusals, warnings, nearlyEmpties);
    }

    /** With a misspelt or empty source, the whole database would be lost. */
    private boolean nearlyEmpties(ReplacementScope scope, long documents) {
        if (documents < 0 || !replacement.removeOthers()) {
            return false;
        }
        return documents * SHRINK_FACTOR < server.documents(scope.affected());
    }

    /** Plans to load these collections, from any source. */
    PlannedReplacement plan(Catalogue incoming, long bytes) {
        AcceptedCatalogue accepted = AcceptedCatalogue.of(incoming, request.indexes());
        ReplacementScope scope = scope(accepted.catalogue());
        TargetShards shards = TargetShards.of(server, scope, Map.of());
        return plan("the source", accepted, scope, shards, bytes, List.of(), new ArrayList<>(), false);
    }

    private PlannedReplacement plan(
            String origin,
            AcceptedCatalogue accepted,
            ReplacementScope scope,
            TargetShards shards,
            long bytes,
            List<MonarchException> refusals,
            List<Fact> warnings,
            boolean byName) {
        TargetProblems found = new TargetProblems(server, scope, shards).find(bytes);
        warnOfRemovals(scope, warnings);
        warnOfWrites(warnings);
        warnings.addAll(found.warnings());
        warnOfInterruptedSwap(warnings);
        List<Fact> problems = new ArrayList<>(accepted.problems());
        problems.addAll(found.problems());
        return new PlannedReplacement(
                request,
                target.name(),
                origin,
                scope,
                new PlannedReplacement.Findings(
                        refusals, problems, warnings, accepted.omissions(), shards.unsharded(), byName));
    }

    /** Returns the target's collections, and what the replacement does with each. */
    ReplacementScope scope(Catalogue incoming) {
        return ReplacementScope.of(incoming, new TargetCatalogue(target.ownDatabase()).all(), replacement);
    }

    private static List<MonarchException> refusals(ReplacementOrigin origin) {
        List<MonarchException> refusals = new ArrayList<>();
        for (Runnable check : origin.checks()) {
            try {
                check.run();
            } catch (MonarchException e) {
                refusals.add(e);
            }
        }
        return refusals;
    }

    private void warnOfRemovals(ReplacementScope scope, List<Fact> warnings) {
        int removed = scope.removedCollections().size();
        int incoming = scope.incoming().collections().size();
        if (removed > incoming) {
            warnings.add(
                    0,
                    Fact.note("It removes more collections than it loads: it removes " + removed + " of '"
                            + target.name() + "', and loads " + incoming + "."));
        }
    }

    private void warnOfWrites(List<Fact> warnings) {
        if (replacement.inPlace()) {
            warnings.add(Fact.note("Loading in place is unsafe: if it fails, '" + target.name()
                    + "' is incomplete until all data is loaded again."));
        } else {
            warnings.add(Fact.note("Writes of other clients to '" + target.name() + "' during the load "
                    + (replacement.acceptLostWrites()
                            ? "are lost"
                            : "make the operation fail before anything is replaced")
                    + ". Change streams on replaced collections end."));
        }
    }

    private void warnOfInterruptedSwap(List<Fact> warnings) {
        InterruptedSwaps swaps = new InterruptedSwaps(target);
        swaps.foreign().forEach(entry -> warnings.add(entry.fact(target.name())));
        swaps.find()
                .ifPresent(swap -> warnings.add(Fact.note("An earlier replacement (" + swap.purpose() + ", "
                        + swap.done() + " of " + swap.total() + " collections) is completed first.")));
    }
}
