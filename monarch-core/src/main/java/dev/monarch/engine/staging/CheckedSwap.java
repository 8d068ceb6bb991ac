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
 * The swap of one load. It is refused if other clients have changed what it would replace.
 *
 * @param target the environment whose database is replaced
 * @param lock the lock of the target
 * @param request how it is replaced
 * @param run the id of the load's journal entry
 * @param watch what the target contained when the load began
 */
record CheckedSwap(MonarchEnvironment target, HeldLock lock, StagingRequest request, String run, TargetWatch watch) {

    /**
     * Replaces the target's data with the loaded data.
     *
     * @param incoming the loaded collections, including views
     * @param staging the names of the staging collections, by their final names
     * @return the number of steps
     * @throws OperationRefusedException if another client has written to what would be replaced; nothing has been
     *     replaced
     * @throws dev.monarch.SwapInterruptedException if the swap has started and could not be completed
     */
    int run(Catalogue incoming, Map<String, String> staging) {
        TargetCatalogue catalogue = new TargetCatalogue(target.ownDatabase());
        ReplacementScope scope = ReplacementScope.of(incoming, catalogue.all(), request.replacement());
        List<TargetCatalogue.Existing> removedCollections = removedCollections(scope);
        Map<String, String> all = new HashMap<>(staging);
        all.putAll(listed(removedCollections));
        List<SwapStep> steps = new SwapPlan(
                        kept(incoming),
                        all,
                        catalogue.byName(),
                        removedCollections,
                        request.replacement().last())
                .steps();
        lock.ensureHeld();
        run(steps);
        return steps.size();
    }

    /**
     * Lists the documents to remove from collections that cannot be dropped. Returns the names of the lists, by
     * collection.
     */
    private Map<String, String> listed(List<TargetCatalogue.Existing> removedCollections) {
        Map<String, String> lists = new HashMap<>();
        for (TargetCatalogue.Existing existing : removedCollections) {
            if (SystemCollections.contains(existing.name())) {
                String list = OwnCollections.STAGING_PREFIX + run + ".removed." + lists.size();
                DocumentRemoval.list(target.ownDatabase(), existing.name(), list);
                lists.put(existing.name(), list);
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

    /** Collections that the swap itself creates have their own TTL rules, unless these are parked. */
    private Catalogue kept(Catalogue catalogue) {
        return request.replacement().parkTimeToLive()
                ? new Catalogue(
                        catalogue.database(),
                        catalogue.collections().stream().map(TimeToLive::parked).toList())
                : catalogue;
    }

    /** Returns what is removed without a replacement. In place, this excludes what was created during the load. */
    private List<TargetCatalogue.Existing> removedCollections(ReplacementScope scope) {
        if (request.replacement().inPlace()) {
            // It is too late to refuse, but collections that were created during the load can be kept.
            return scope.removedCollections().stream().filter(watch::knows).toList();
        }
        requireUnsharded(scope);
        if (!request.replacement().acceptLostWrites()) {
            List<String> changes = watch.changes(scope.affected());
            if (!changes.isEmpty()) {
                throw changedMeanwhile(changes);
            }
        }
        return scope.removedCollections();
    }

    /** Accepting lost writes does not include losing the sharding of a collection that was sharded meanwhile. */
    private void requireUnsharded(ReplacementScope scope) {
        List<Fact> problems = TargetShards.now(target, scope.affected()).problems();
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(request.operation(), target.name(), problems);
        }
    }

    private OperationRefusedException changedMeanwhile(List<String> changes) {
        return new OperationRefusedException(
                request.operation(),
                target.name(),
                Reason.TARGET_CHANGED,
                "other clients have changed what it replaces since the load began, and these changes would be lost: "
                        + String.join(", ", changes));
    }
}
