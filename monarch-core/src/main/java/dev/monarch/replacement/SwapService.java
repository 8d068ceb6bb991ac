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
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Looks at replacements that were interrupted, goes on with them, and gives them up.
 *
 * <p>The guard stands before whatever changes an environment. Safe for use by several threads.
 */
public final class SwapService {

    private final EnvironmentRegistry environments;

    private final Guard guard;

    private final LockSettings lock;

    /**
     * Creates a service; nothing is opened before it is needed.
     *
     * @param environments the environments
     * @param guard decides whether an environment may be touched
     * @param lock how long the lock lasts and how long to wait for it
     */
    public SwapService(EnvironmentRegistry environments, Guard guard, LockSettings lock) {
        this.environments = environments;
        this.guard = guard;
        this.lock = lock;
    }

    /**
     * Looks how far an interrupted replacement has come, step by step.
     *
     * @param environment the name of the environment
     * @return what stands and what does not; nothing if no replacement is under way or interrupted
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.TransferFailedException if the server cannot be asked
     */
    public Optional<SwapStatus> status(String environment) {
        return swaps(environments.get(environment)).status();
    }

    /**
     * Looks for entries that other tools brought into the journal of an environment.
     *
     * @param environment the name of the environment
     * @return the entries, because of which nothing is done
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.TransferFailedException if the server cannot be asked
     */
    public List<ForeignJournalEntry> foreign(String environment) {
        return swaps(environments.get(environment)).foreign();
    }

    /**
     * Goes on with an interrupted swap, and refuses to replace what others have created meanwhile.
     *
     * @param environment the name of the environment
     * @param approval what the caller gives in favour of it
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws OperationRefusedException if the approval does not suffice; nothing has been changed
     * @throws SwapInterruptedException if it could not be ended now either
     * @throws LockHeldException if somebody else held the lock for too long
     * @throws dev.monarch.TransferFailedException if the server cannot be asked
     */
    public void retry(String environment, Approval approval) {
        retry(environment, GuardedOperation.RETRY_SWAP, approval, false);
    }

    /**
     * Goes on with an interrupted swap, and also replaces what others have created meanwhile under its names: that is lost.
     *
     * @param environment the name of the environment
     * @param approval what the caller gives in favour of it, as of a restore
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws OperationRefusedException if the approval does not suffice; nothing has been changed
     * @throws SwapInterruptedException if it could not be ended now either
     * @throws LockHeldException if somebody else held the lock for too long
     * @throws dev.monarch.TransferFailedException if the server cannot be asked
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
     * Gives an interrupted replacement up: what is replaced stays replaced, what is not stays what it is, and what was loaded
     * is removed. What other tools brought into the journal is removed, too.
     *
     * @param environment the name of the environment
     * @param approval what the caller gives in favour of it
     * @return how the replacement stood; nothing if there was none
     * @throws UnknownEnvironmentException if there is no such environment
     * @throws OperationRefusedException if the approval does not suffice; nothing has been changed
     * @throws LockHeldException if somebody else held the lock for too long
     * @throws dev.monarch.TransferFailedException if the server cannot be asked
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
     * An entry of the journal that no run wrote here: mongorestore or another tool brought it from another database, or from an
     * earlier state of this one. Monarch does nothing because of it, and leaves it alone.
     *
     * @param id what the journal calls it
     * @param reason how that is known, as a clause
     */
    public record ForeignJournalEntry(String id, String reason) {

        /**
         * Describes it.
         *
         * @param environment the name of the environment
         * @return what it is, in sentences
         */
        public Fact fact(String environment) {
            return new Fact(
                    Reason.FOREIGN_JOURNAL_ENTRY,
                    "The journal of '" + environment + "' has an entry ('" + id + "') that is not its own: " + reason
                            + ". Monarch ignores it.");
        }
    }

    /**
     * How a replacement that has begun stands, seen from what stands in the database.
     *
     * @param progress what it is, and how far it has come
     * @param steps what it does, in order; none while it is loading
     */
    public record SwapStatus(SwapProgress progress, List<Step> steps) {

        public SwapStatus {
            steps = List.copyOf(steps);
        }

        /** What a step does. */
        public enum Action {
            /** Puts a collection that was loaded under its name, over the one that stands there. */
            REPLACE,
            /** Creates a view. */
            CREATE_VIEW,
            /** Drops a collection or a view that does not come, or makes room for another kind. */
            REMOVE
        }

        /** How a step stands. */
        public enum State {
            /** It is done. */
            DONE,
            /** It can be done. */
            PENDING,
            /** Others have created something under its name, or removed what was loaded for it. */
            BLOCKED
        }

        /**
         * A step.
         *
         * @param collection the collection or view
         * @param action what is done to it
         * @param state how it stands
         */
        public record Step(String collection, Action action, State state) {}

        /**
         * A replacement that has begun and not ended.
         *
         * @param purpose what it is
         * @param host which process did it
         * @param since when it began
         * @param done how many collections are replaced or removed
         * @param total how many are to be
         * @param inPlace whether it was loading in place: then nobody can end it but another restore
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
