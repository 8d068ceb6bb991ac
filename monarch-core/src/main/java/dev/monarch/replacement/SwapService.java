package dev.monarch.replacement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.monarch.Fact;
import dev.monarch.LockHeldException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.SwapInterruptedException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.engine.Checks;
import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Inspects, continues and abandons interrupted swaps.
 *
 * <p>The guard decides about every change. Safe for use by several threads.
 */
public final class SwapService {

    private final EnvironmentRegistry environments;

    private final Guard guard;

    private final LockSettings lock;

    /**
     * Creates a service. Environments are opened on first use.
     *
     * @param environments the environments
     * @param guard decides whether an environment may be changed
     * @param lock the settings of the lock
     */
    public SwapService(EnvironmentRegistry environments, Guard guard, LockSettings lock) {
        this.environments = environments;
        this.guard = guard;
        this.lock = lock;
    }

    /**
     * Returns the state of an interrupted swap, step by step.
     *
     * @param environment the name of the environment
     * @return the state of each step; empty if no replacement is running or interrupted
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.TransferFailedException if the server does not answer
     */
    public Optional<SwapStatus> status(String environment) {
        return swaps(environments.get(environment)).status();
    }

    /**
     * Returns journal entries that other tools copied into an environment.
     *
     * @param environment the name of the environment
     * @return the entries, which Monarch ignores
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.TransferFailedException if the server does not answer
     */
    public List<ForeignJournalEntry> foreign(String environment) {
        return swaps(environments.get(environment)).foreign();
    }

    /**
     * Continues an interrupted swap. Refuses to replace collections that others have created since.
     *
     * @param environment the name of the environment
     * @param approval the caller's approval
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws OperationRefusedException if the approval does not suffice; nothing has been changed
     * @throws SwapInterruptedException if it could not be completed this time either
     * @throws LockHeldException if another process held the lock for too long
     * @throws dev.monarch.TransferFailedException if the server does not answer
     */
    public void retry(String environment, Approval approval) {
        retry(environment, GuardedOperation.RETRY_SWAP, approval, false);
    }

    /**
     * Continues an interrupted swap. Also replaces collections of the same names that others have created since. Their
     * data is lost.
     *
     * @param environment the name of the environment
     * @param approval the caller's approval, as for a restore
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws OperationRefusedException if the approval does not suffice; nothing has been changed
     * @throws SwapInterruptedException if it could not be completed this time either
     * @throws LockHeldException if another process held the lock for too long
     * @throws dev.monarch.TransferFailedException if the server does not answer
     */
    public void retryAcceptingLostWrites(String environment, Approval approval) {
        retry(environment, GuardedOperation.RESTORE, approval, true);
    }

    private void retry(String environment, GuardedOperation operation, Approval approval, boolean acceptLostWrites) {
        MonarchEnvironment target = environments.get(environment);
        guard.check(operation, target, approval);
        swaps(target).retry(lock, acceptLostWrites);
    }

    /**
     * Abandons an interrupted swap. Replaced collections stay replaced, the others stay unchanged, and the loaded data
     * is removed. Entries that other tools copied into the journal are removed, too.
     *
     * @param environment the name of the environment
     * @param approval the caller's approval
     * @return the state of the swap before; empty if there was none
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws OperationRefusedException if the approval does not suffice; nothing has been changed
     * @throws LockHeldException if another process held the lock for too long
     * @throws dev.monarch.TransferFailedException if the server does not answer
     */
    public Optional<SwapStatus> abandon(String environment, Approval approval) {
        MonarchEnvironment target = environments.get(environment);
        guard.check(GuardedOperation.ABANDON_SWAP, target, approval);
        return swaps(target).abandon(lock);
    }

    private static InterruptedSwaps swaps(MonarchEnvironment environment) {
        return new InterruptedSwaps(environment);
    }

    /**
     * A journal entry that Monarch did not write for this database: mongorestore or another tool copied it from another
     * database or from an earlier state of this one. Monarch ignores it.
     *
     * @param id the id of the entry
     * @param reason how Monarch knows this, as a clause
     */
    public record ForeignJournalEntry(String id, String reason) {

        /**
         * Describes the entry.
         *
         * @param environment the name of the environment
         * @return the description, in sentences
         */
        public Fact fact(String environment) {
            return new Fact(
                    Reason.FOREIGN_JOURNAL_ENTRY,
                    "The journal of '" + environment + "' has an entry ('" + id + "') that is not its own: " + reason
                            + ". Monarch ignores it.");
        }
    }

    /**
     * The state of a started swap, compared with the database.
     *
     * @param progress the swap and its progress
     * @param steps its steps in order; none while it is loading
     */
    public record SwapStatus(SwapProgress progress, List<Step> steps) {

        public SwapStatus {
            steps = List.copyOf(steps);
        }

        /** The action of a step. */
        public enum Action {
            /** Renames a loaded collection to its final name, and drops the existing collection of that name. */
            REPLACE,
            /** Creates a view. */
            CREATE_VIEW,
            /** Drops a collection or a view that the source does not have, or that has another type. */
            REMOVE
        }

        /** The state of a step. */
        public enum State {
            /** The step is done. */
            DONE,
            /** The step can be done. */
            PENDING,
            /** Others have created something under its name, or removed the data loaded for it. */
            BLOCKED
        }

        /**
         * A step.
         *
         * @param collection the collection or view
         * @param action the action
         * @param state the state
         */
        public record Step(String collection, Action action, State state) {}

        /**
         * A replacement that has started and has not ended.
         *
         * @param purpose what it does
         * @param host the process that started it
         * @param since the time of its start
         * @param done the number of collections replaced or removed
         * @param total the number of collections to replace or remove
         * @param inPlace whether it loaded in place; then only another restore ends it
         */
        public record SwapProgress(String purpose, String host, Instant since, int done, int total, boolean inPlace) {

            /**
             * Creates the progress.
             *
             * @throws IllegalArgumentException if {@code done} is negative, or {@code total} is less than {@code done}
             */
            public SwapProgress {
                Checks.atLeast("done", done, 0);
                Checks.atLeast("total", total, done);
            }
        }
    }
}
