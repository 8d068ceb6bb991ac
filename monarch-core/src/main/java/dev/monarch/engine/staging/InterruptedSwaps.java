package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.Fact;
import dev.monarch.LockHeldException;
import dev.monarch.Reason;
import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.transfer.DatabaseSource;
import dev.monarch.engine.transfer.ReadOptions;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.SwapService.ForeignJournalEntry;
import dev.monarch.replacement.SwapService.SwapStatus;
import dev.monarch.replacement.SwapService.SwapStatus.SwapProgress;

/**
 * Cleans up replacements of processes that died: completes started swaps, and removes loaded data of others.
 *
 * <p>An instance is for one environment. Thread-safe.
 */
public final class InterruptedSwaps {

    private static final Logger log = LoggerFactory.getLogger(InterruptedSwaps.class);

    private static final String READ = "read the journal of";

    private static final String END = "end the interrupted swap of";

    private final MonarchEnvironment environment;

    private final Consumer<Fact> warnings;

    /**
     * Creates an instance that logs warnings. It reads nothing yet.
     *
     * @param environment the environment
     */
    public InterruptedSwaps(MonarchEnvironment environment) {
        this(environment, warning -> log.warn("{}", warning));
    }

    /**
     * Creates an instance. It reads nothing yet.
     *
     * @param environment the environment
     * @param warnings receives each entry of the journal that another tool copied from elsewhere
     */
    public InterruptedSwaps(MonarchEnvironment environment, Consumer<Fact> warnings) {
        this.environment = environment;
        this.warnings = warnings;
    }

    /**
     * Looks for a replacement that has not ended. It may still be running; only the holder of the lock can tell.
     *
     * @return the replacement, a swap before any other; or nothing
     * @throws TransferFailedException if the journal cannot be read
     */
    public Optional<SwapProgress> find() {
        return status().map(SwapStatus::progress);
    }

    /**
     * Returns the state of an interrupted replacement, step by step.
     *
     * @return its status; nothing if no replacement is running or interrupted
     * @throws TransferFailedException if the journal cannot be read
     */
    public Optional<SwapStatus> status() {
        return OperationFailure.translated(READ, environment.name(), this::read);
    }

    private Optional<SwapStatus> read() {
        return first().map(entry -> JournalStatus.of(entry, new TargetCatalogue(environment.ownDatabase())));
    }

    /**
     * Finds journal entries that other tools copied from elsewhere. Monarch ignores them.
     *
     * @return the entries that do not belong to this database
     * @throws TransferFailedException if the journal cannot be read
     */
    public List<ForeignJournalEntry> foreign() {
        return OperationFailure.translated(
                READ, environment.name(), () -> journal().contents().foreign());
    }

    private void warnOf(List<ForeignJournalEntry> foreign) {
        foreign.forEach(entry -> warnings.accept(entry.fact(environment.name())));
    }

    private Optional<Journal.Entry> first() {
        return journal().entries().stream().max(Comparator.comparing(Journal.Entry::state));
    }

    /**
     * Refuses to read an environment that was only partly replaced, because its data is incomplete.
     *
     * @param options how to read it
     * @throws dev.monarch.OperationRefusedException if its user lacks the privileges to read it
     * @throws TransferFailedException if a load in place has not ended, or the state is unknown
     * @throws SwapInterruptedException if a swap has started and has not ended
     */
    public void requireNone(ReadOptions options) {
        String operation = options.operation();
        SwapProgress swap;
        try {
            swap = Privileges.whenRead(this::read, () -> DatabaseSource.requirePrivileges(environment, options))
                    .map(SwapStatus::progress)
                    .orElse(null);
        } catch (RuntimeException e) {
            throw OperationFailure.of(operation, environment.name(), e);
        }
        if (swap != null && swap.inPlace()) {
            throw new TransferFailedException(
                    Reason.RESTORE_IN_PLACE_UNFINISHED,
                    operation,
                    environment.name(),
                    "a restore in place did not end, so the database is incomplete");
        }
        if (swap != null && swap.total() > 0) {
            throw new SwapInterruptedException(environment.name(), swap.done(), swap.total(), null);
        }
    }

    /**
     * Completes an interrupted swap, and removes data that a process loaded before it died. One round trip if there is
     * nothing to do.
     *
     * <p>It waits for a swap that is still running. It does not touch a load that is still running.
     *
     * @param settings how long to wait for the lock
     * @return whether there was anything to finish or remove
     * @throws SwapInterruptedException if a swap could still not be finished
     * @throws LockHeldException if another process holds the lock for too long
     * @throws TransferFailedException if the server does not answer
     */
    public boolean endIfAny(LockSettings settings) {
        return OperationFailure.translated(END, environment.name(), () -> end(settings));
    }

    private boolean end(LockSettings settings) {
        JournalContents contents = new Journal(environment.shortReads()).contents();
        List<Journal.Entry> entries = contents.own();
        if (entries.isEmpty()) {
            warnOf(contents.foreign());
            return false;
        }
        boolean swapping = entries.stream().anyMatch(entry -> entry.state() == Journal.State.SWAPPING);
        try (HeldLock held = lock(swapping ? settings : settings.waiting(Duration.ZERO))) {
            finish(held);
            return true;
        } catch (LockHeldException e) {
            if (swapping) {
                throw e;
            }
            return false;
        }
    }

    private Journal journal() {
        return new Journal(environment.ownDatabase());
    }

    private HeldLock lock(LockSettings settings) {
        return new EnvironmentLock(environment, settings).acquire("end an interrupted swap", null, event -> {});
    }

    /**
     * Continues an interrupted swap. The caller has asked the guard.
     *
     * @param settings how long to wait for the lock
     * @param acceptLostWrites whether to replace what other clients have created under the names of the swap since;
     *     that data is lost
     * @throws SwapInterruptedException if it could still not be finished
     * @throws LockHeldException if another process holds the lock for too long
     * @throws TransferFailedException if the server does not answer
     */
    public void retry(LockSettings settings, boolean acceptLostWrites) {
        OperationFailure.translated(END, environment.name(), () -> {
            try (HeldLock held = lock(settings)) {
                if (acceptLostWrites) {
                    recovery(held).acceptExisting();
                }
                finish(held);
                return true;
            }
        });
    }

    /**
     * Abandons an interrupted replacement. Collections that were replaced stay replaced, the others stay unchanged, and
     * the loaded data is removed. Entries that other tools copied into the journal are removed, too. The caller has
     * asked the guard.
     *
     * @param settings how long to wait for the lock
     * @return the status of the replacement; nothing if there was none
     * @throws LockHeldException if another process holds the lock for too long
     * @throws TransferFailedException if the server does not answer
     */
    public Optional<SwapStatus> abandon(LockSettings settings) {
        return OperationFailure.translated("abandon the swap of", environment.name(), () -> abandonUnderLock(settings));
    }

    private Optional<SwapStatus> abandonUnderLock(LockSettings settings) {
        try (HeldLock held = lock(settings)) {
            Optional<SwapStatus> status = read();
            recovery(held).abandon();
            status.ifPresent(swap -> log.warn(
                    "The replacement that {} started at {} was abandoned in '{}': {} of {} steps were done",
                    swap.progress().host(),
                    swap.progress().since(),
                    environment.name(),
                    swap.progress().done(),
                    swap.progress().total()));
            return status;
        }
    }

    /**
     * Completes or removes everything that was interrupted.
     *
     * @param lock the lock of the environment; only its holder is working on the environment
     * @throws SwapInterruptedException if a swap could still not be finished
     */
    public void finish(HeldLock lock) {
        JournalContents contents = journal().contents();
        warnOf(contents.foreign());
        recovery(lock).finish(contents.own());
    }

    private SwapRecovery recovery(HeldLock lock) {
        return new SwapRecovery(environment, journal(), lock);
    }

    /**
     * Updates the journal entries of unfinished restores in place: removes the collections that a replacement has
     * completed.
     *
     * @param lock the lock of the environment
     * @param replaced what has been replaced and removed
     */
    void settleInPlace(HeldLock lock, ReplacementScope replaced) {
        recovery(lock).settleInPlace(replaced);
    }
}
