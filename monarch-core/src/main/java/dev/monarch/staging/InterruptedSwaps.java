package dev.monarch.staging;

import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.EnvironmentLock;
import dev.monarch.lock.HeldLock;
import dev.monarch.lock.LockSettings;
import dev.monarch.transfer.Failure;

/**
 * Ends what a process that died left of a replacement: a swap is ended forward, what was only loaded is removed.
 *
 * <p>An instance is for one environment, and thread-safe.
 */
public final class InterruptedSwaps {

    private static final Logger log = LoggerFactory.getLogger(InterruptedSwaps.class);

    private final MonarchEnvironment environment;

    private final Journal journal;

    /**
     * Creates an instance; nothing is read yet.
     *
     * @param environment the environment
     */
    public InterruptedSwaps(MonarchEnvironment environment) {
        this.environment = environment;
        this.journal = new Journal(environment.database());
    }

    /**
     * Looks whether there is anything to end; one round trip. It may be at work at this moment: who holds the lock knows.
     *
     * @return the first entry of the journal, or nothing
     */
    public Optional<SwapProgress> find() {
        return journal.entries().stream().findFirst().map(Journal.Entry::progress);
    }

    /**
     * Refuses to read an environment of which a part was replaced, which would be taken for what was there.
     *
     * @param operation what it was to be read for, in words that fit before its name
     * @throws TransferFailedException if a load in place has not ended, or nothing can be learned of it
     * @throws SwapInterruptedException if a swap has begun and not ended
     */
    public void requireNone(String operation) {
        SwapProgress swap;
        try {
            swap = find().orElse(null);
        } catch (RuntimeException e) {
            throw Failure.of(operation, environment.name(), e);
        }
        if (swap != null && swap.inPlace()) {
            throw new TransferFailedException(
                    operation,
                    environment.name(),
                    "a restore in place has not ended, and a part of the data is there; restore it again first",
                    List.of(),
                    null);
        }
        if (swap != null && swap.total() > 0) {
            throw new SwapInterruptedException(environment.name(), swap.done(), swap.total(), null);
        }
    }

    /**
     * Ends a swap if one was interrupted, and removes what a dead process had loaded; one round trip if there is nothing.
     *
     * <p>A swap that is under way is waited for. Somebody who is still loading is left alone.
     *
     * @param settings how long to wait for the lock
     * @return whether there was anything to end
     * @throws dev.monarch.SwapInterruptedException if a swap could not be ended now either
     * @throws dev.monarch.LockHeldException if somebody else holds the lock for too long
     */
    public boolean endIfAny(LockSettings settings) {
        List<Journal.Entry> entries = journal.entries();
        EnvironmentLock lock = new EnvironmentLock(environment, settings);
        boolean swapping = entries.stream().anyMatch(entry -> entry.state() == Journal.State.SWAPPING);
        if (entries.isEmpty() || !swapping && lock.holder().isPresent()) {
            return false;
        }
        try (HeldLock held = lock.acquire("end an interrupted swap", null, event -> {})) {
            finish(held);
        }
        return true;
    }

    /**
     * Ends everything.
     *
     * @param lock the lock of the environment, whose holder is the only one at work
     * @throws dev.monarch.SwapInterruptedException if a swap could not be ended now either
     */
    public void finish(HeldLock lock) {
        List<Journal.Entry> entries = journal.entries();
        for (Journal.Entry entry : entries) {
            switch (entry.state()) {
                case SWAPPING -> {
                    log.info(
                            "Ending the swap of '{}' that {} began at {}: {} of {} collections were replaced",
                            environment.name(),
                            entry.host(),
                            entry.since(),
                            entry.done(),
                            entry.steps().size());
                    new Swap(environment, lock, journal, StagingRequest.DEFAULT_RENAME_LIMIT)
                            .run(entry.run(), entry.steps());
                }
                case LOADING_IN_PLACE ->
                    log.warn(
                            "'{}' was being loaded in place by {} since {}, which was not ended: it holds a part of the"
                                    + " data. Restore it again",
                            environment.name(),
                            entry.host(),
                            entry.since());
                case LOADING ->
                    log.info(
                            "Removing what {} had loaded into '{}' since {}: it never came to replace anything",
                            entry.host(),
                            environment.name(),
                            entry.since());
            }
        }
        new StagingCleanup(environment.database()).removeAll();
        entries.stream()
                .filter(entry -> entry.state() == Journal.State.LOADING)
                .forEach(entry -> journal.end(entry.run()));
    }

    /**
     * Forgets that a restore in place was not ended: another has been since.
     *
     * @param lock the lock of the environment
     */
    public void forgetInPlace(HeldLock lock) {
        lock.ensureHeld();
        journal.entries().stream()
                .filter(entry -> entry.state() == Journal.State.LOADING_IN_PLACE)
                .forEach(entry -> journal.end(entry.run()));
    }
}
