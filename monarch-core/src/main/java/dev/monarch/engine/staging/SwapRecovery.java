package dev.monarch.engine.staging;

import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.SwapInterruptedException;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Completes, removes or abandons the interrupted replacements of an environment.
 *
 * <p>The caller holds the lock of the environment, so no other process is working on them.
 */
final class SwapRecovery {

    private static final Logger log = LoggerFactory.getLogger(SwapRecovery.class);

    private final MonarchEnvironment environment;

    private final Journal journal;

    private final HeldLock lock;

    SwapRecovery(MonarchEnvironment environment, Journal journal, HeldLock lock) {
        this.environment = environment;
        this.journal = journal;
        this.lock = lock;
    }

    /**
     * Completes swaps that have started, removes data that has replaced nothing, and warns of restores in place.
     *
     * @param entries the journal entries of this environment
     * @throws SwapInterruptedException if a step of a swap is blocked
     */
    void finish(List<Journal.Entry> entries) {
        for (Journal.Entry entry : entries) {
            switch (entry.state()) {
                case SWAPPING -> complete(entry);
                case LOADING_IN_PLACE ->
                    log.warn(
                            "Environment '{}' is incomplete: the restore in place that {} started at {}"
                                    + " did not finish. Restore it again",
                            environment.name(),
                            entry.host(),
                            entry.since());
                case LOADING, REMOVING -> remove(entry);
            }
        }
        cleanup().removeOrphans();
    }

    private void complete(Journal.Entry entry) {
        log.info(
                "Completing the swap of '{}' that {} started at {}: {} of {} collections are replaced",
                environment.name(),
                entry.host(),
                entry.since(),
                entry.done(),
                entry.steps().size());
        try {
            new Swap(environment, lock, journal, StagingRequest.DEFAULT_RENAME_LIMIT).run(entry);
        } catch (BlockedStepException e) {
            throw new SwapInterruptedException(
                    environment.name(), 0, entry.steps().size(), e);
        }
    }

    private void remove(Journal.Entry entry) {
        log.info(
                "Removing what {} loaded into '{}' since {}: it has not replaced anything",
                entry.host(),
                environment.name(),
                entry.since());
        cleanup().remove(entry.run());
    }

    /** Lets swaps replace what other clients have created under their names since. */
    void acceptExisting() {
        journal.entries().stream()
                .filter(entry -> entry.state() == Journal.State.SWAPPING)
                .forEach(this::acceptExisting);
    }

    private void acceptExisting(Journal.Entry entry) {
        Map<String, TargetCatalogue.Existing> existing = new TargetCatalogue(environment.ownDatabase()).byName();
        journal.change(
                entry.run(),
                entry.steps().stream().map(step -> step.accepting(existing)).toList());
    }

    /** Removes all entries, including those of other journals, and the loaded data. */
    void abandon() {
        lock.ensureHeld();
        journal.entries().forEach(entry -> cleanup().abandon(entry.run()));
        journal.removeForeign();
        cleanup().removeOrphans();
    }

    /** Removes the collections that a replacement has completed from the entries of unfinished restores in place. */
    void settleInPlace(ReplacementScope replaced) {
        lock.ensureHeld();
        for (Journal.Entry entry : journal.entries()) {
            InPlace inPlace = entry.inPlace();
            if (entry.state() == Journal.State.LOADING_IN_PLACE && inPlace != null) {
                InPlace left = inPlace.without(replaced);
                if (left.isComplete()) {
                    journal.end(entry.run());
                } else if (!left.equals(inPlace)) {
                    journal.incomplete(entry.run(), left);
                }
            }
        }
    }

    private StagingCleanup cleanup() {
        return new StagingCleanup(environment.ownDatabase(), journal);
    }
}
