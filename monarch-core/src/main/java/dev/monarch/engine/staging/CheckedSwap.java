package dev.monarch.engine.staging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The swap of one load, which is refused if others have changed what it replaces.
 *
 * @param target whose database is replaced
 * @param lock the lock of the target
 * @param request how it is replaced
 * @param run the load's entry in the journal
 * @param watch what stood in the target when the load began
 */
record CheckedSwap(MonarchEnvironment target, HeldLock lock, StagingRequest request, String run, TargetWatch watch) {

    /**
     * Puts what was loaded in the place of what is there.
     *
     * @param coming what was loaded, views included
     * @param staging the names of the staging collections, by those that they are going to have
     * @return how many steps that took
     * @throws OperationRefusedException if others have written to what is to be replaced; nothing has been replaced
     * @throws dev.monarch.SwapInterruptedException if it has begun and could not be ended
     */
    int run(Catalogue coming, Map<String, String> staging) {
        TargetCatalogue catalogue = new TargetCatalogue(target.ownDatabase());
        ReplacementScope scope = ReplacementScope.of(coming, catalogue.all(), request.replacement());
        List<TargetCatalogue.Standing> leaving = leaving(scope);
        Map<String, String> all = new HashMap<>(staging);
        all.putAll(listed(leaving));
        List<SwapStep> steps = new SwapPlan(
                        kept(coming),
                        all,
                        catalogue.byName(),
                        leaving,
                        request.replacement().last())
                .steps();
        lock.ensureHeld();
        run(steps);
        return steps.size();
    }

    /** Lists what goes from collections that cannot be dropped; returns the names of the lists, by collection. */
    private Map<String, String> listed(List<TargetCatalogue.Standing> leaving) {
        Map<String, String> lists = new HashMap<>();
        for (TargetCatalogue.Standing standing : leaving) {
            if (SystemCollections.contains(standing.name())) {
                String list = OwnCollections.STAGING_PREFIX + run + ".removed." + lists.size();
                DocumentRemoval.list(target.ownDatabase(), standing.name(), list);
                lists.put(standing.name(), list);
            }
        }
        return lists;
    }

    private void run(List<SwapStep> steps) {
        Journal journal = new Journal(target.ownDatabase());
        Journal.Entry entry = journal.swap(run, steps);
        try {
            new Swap(target, lock, journal, request.renameLimit()).run(entry);
        } catch (BlockedStepException e) {
            journal.unswap(run);
            throw changedMeanwhile(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** What is created at the swap itself has the rules of its collection, unless that is not wanted. */
    private Catalogue kept(Catalogue catalogue) {
        return request.replacement().parkTimeToLive()
                ? new Catalogue(
                        catalogue.database(),
                        catalogue.collections().stream().map(TimeToLive::parked).toList())
                : catalogue;
    }

    /** Returns what goes without a successor, which is nothing that came to stand there meanwhile. */
    private List<TargetCatalogue.Standing> leaving(ReplacementScope scope) {
        if (request.replacement().inPlace()) {
            // It is too late to refuse, but not to leave alone what nobody knew of.
            return scope.leaving().stream().filter(watch::knows).toList();
        }
        requireUnsharded(scope);
        if (!request.replacement().acceptLostWrites()) {
            List<String> changes = watch.changes(scope.going());
            if (!changes.isEmpty()) {
                throw changedMeanwhile(changes);
            }
        }
        return scope.leaving();
    }

    /** Who accepts lost writes has not accepted that a collection which was sharded meanwhile is so no longer. */
    private void requireUnsharded(ReplacementScope scope) {
        List<Fact> problems = TargetShards.now(target, scope.going()).problems();
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(request.operation(), target.name(), problems);
        }
    }

    private OperationRefusedException changedMeanwhile(List<String> changes) {
        return new OperationRefusedException(
                request.operation(),
                target.name(),
                Reason.TARGET_CHANGED,
                "others have changed what it replaces since the load began, and that would be lost: "
                        + String.join(", ", changes));
    }
}
