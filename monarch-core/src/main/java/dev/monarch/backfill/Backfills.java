package dev.monarch.backfill;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.InvalidRequestException;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus.SetAsideDocument;
import dev.monarch.engine.Checks;
import dev.monarch.engine.backfill.BackfillRunner;
import dev.monarch.engine.backfill.StopSignal;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Runs the backfills of one environment, shows their progress, and controls those that run in any process.
 *
 * <p>Safe for use by several threads and processes: one process at a time runs a backfill, under a lock of its own.
 * Every method throws {@link dev.monarch.TransferFailedException} if the server does not answer.
 */
public final class Backfills {

    private final BackfilledEnvironment backfilled;

    private final OperationListener listener;

    private final StopSignal stop = new StopSignal();

    /**
     * Creates the service. It does not connect yet.
     *
     * @param environment the environment
     * @param backfills the application's backfills
     * @param settings how they run
     */
    public Backfills(MonarchEnvironment environment, BackfillSet backfills, BackfillSettings settings) {
        this(new BackfilledEnvironment(environment, backfills, settings), OperationListener.NONE);
    }

    private Backfills(BackfilledEnvironment backfilled, OperationListener listener) {
        this.backfilled = backfilled;
        this.listener = listener;
    }

    /**
     * Returns a service of the same backfills whose runs are observed.
     *
     * @param other receives the start, the progress about once a second, and the end of each run, of kind {@code BACKFILL}.
     *     The result of one that is done is a {@link BackfillStatus.BackfillProgress}. One that is stopped has failed with an {@link
     *     dev.monarch.OperationInterruptedException}
     * @return the service
     */
    public Backfills listening(OperationListener other) {
        return new Backfills(backfilled, other);
    }

    /** {@return the environment of this service} */
    public MonarchEnvironment environment() {
        return backfilled.environment();
    }

    /**
     * Returns a service of the same backfills for another environment.
     *
     * @param other the other environment
     * @return the service
     */
    public Backfills on(MonarchEnvironment other) {
        return new Backfills(new BackfilledEnvironment(other, backfilled.backfills(), backfilled.settings()), listener);
    }

    /**
     * Returns the state of every backfill that the code or the environment knows.
     *
     * @return one status for each backfill, in the order of their ids
     * @throws dev.monarch.InvalidMigrationsException if the backfills have problems
     */
    public List<BackfillStatus> statuses() {
        return new BackfillStatuses(backfilled).all();
    }

    /**
     * Returns the state of one backfill.
     *
     * @param id its id
     * @return its status
     * @throws InvalidRequestException if neither the code nor the environment knows it
     */
    public BackfillStatus status(String id) {
        return new BackfillStatuses(backfilled).of(id);
    }

    /**
     * Returns why a backfill is not done. A backfill that was never started and has no documents to change is not an
     * obstacle: a new database must not wait for it.
     *
     * @param id its id
     * @return its state and progress, as a clause; empty if it is done or has nothing to do
     */
    public Optional<String> obstacle(String id) {
        return new BackfillStatuses(backfilled).obstacle(id);
    }

    /**
     * Returns the documents that a backfill could not change.
     *
     * @param id its id
     * @return the documents, the oldest first
     */
    public List<SetAsideDocument> setAside(String id) {
        return new BackfillStatuses(backfilled).setAside(id);
    }

    /**
     * Pauses a backfill, whichever process runs it: after its current batch. It stays paused, also after a restart,
     * until it is resumed.
     *
     * @param id its id
     * @throws InvalidRequestException if the backfill is unknown, or has ended
     */
    public void pause(String id) {
        new BackfillControl(backfilled).pause(id);
    }

    /**
     * Resumes a backfill that was paused. One that was undone starts again from the beginning.
     *
     * @param id its id
     * @throws InvalidRequestException if the backfill is unknown, or has ended
     */
    public void resume(String id) {
        new BackfillControl(backfilled).resume(id);
    }

    /**
     * Changes the rate of a backfill, whichever process runs it, within a second. The rate is kept until it is changed again.
     *
     * @param id its id
     * @param rate the rate; what is null is taken from the settings
     * @throws InvalidRequestException if the backfill is unknown, or has ended
     */
    public void rate(String id, Rate rate) {
        new BackfillControl(backfilled).rate(id, rate);
    }

    /**
     * Lets a backfill that failed continue: it tries the documents again that were set aside.
     *
     * @param id its id
     * @throws InvalidRequestException if the backfill is unknown, or has not failed
     */
    public void retryFailed(String id) {
        new BackfillControl(backfilled).retryFailed(id);
    }

    /**
     * Runs one backfill on this thread, until it ends, fails, or is stopped. While it is paused, this waits.
     *
     * <p>If another process runs it, this waits for as long as the settings say.
     *
     * @param id its id
     * @return its state afterwards
     * @throws InvalidRequestException if the code has no such backfill
     * @throws dev.monarch.LockHeldException if another process runs it
     * @throws dev.monarch.LockLostException if another process has taken it over
     */
    public BackfillStatus run(String id) {
        backfilled.backfills().requireValid();
        RegisteredBackfill backfill = backfilled.backfills().find(id).orElseThrow(() -> backfilled.unknown(id));
        backfilled.translated("run a backfill of", () -> runner().run(backfill));
        return status(id);
    }

    /**
     * Runs all backfills on this thread, in the order of their ids, until all are done or {@link #stop} is called. Those
     * that another process runs are continued here if that process dies. Those that are paused or failed do not hold up
     * the others.
     */
    public void runAll() {
        backfilled.backfills().requireValid();
        runner().runAll();
    }

    private BackfillRunner runner() {
        return new BackfillRunner(
                backfilled.environment(), backfilled.backfills(), backfilled.settings(), stop, listener);
    }

    /** Stops what this object runs after the current batch, for ever. Another process continues it. */
    public void stop() {
        stop.set();
    }

    /**
     * Returns how many documents a backfill can undo.
     *
     * @param id its id
     * @return the number of originals that it keeps, by collection; empty if it keeps none
     */
    public Map<String, Long> originals(String id) {
        return new BackfillOriginals(backfilled).count(id);
    }

    /**
     * Checks that {@link #undo} would not refuse now, before asking a user for approval. It changes nothing.
     *
     * @param id the id of the backfill or the migration
     * @throws InvalidRequestException if it keeps no originals, or their collection no longer exists
     */
    public void checkUndo(String id) {
        new BackfillOriginals(backfilled).check(id, stop);
    }

    /**
     * Undoes a backfill that keeps originals ({@link Backfill#keepOriginals}), or the recorded changes of a migration, on this
     * thread: documents that still are what it wrote become what they were, and those that it deleted are inserted again.
     * Documents that others have changed since are left.
     *
     * <p>It has the rate of the backfill, and can be paused. The backfill does not run again until it is resumed. The undo of a
     * migration holds the lock of the environment, and leaves the history as it is. If the process dies, call this again. Call
     * it again also to try the documents again that were left.
     *
     * @param id the id of the backfill or the migration
     * @param approval the caller's consent, as {@link GuardedOperation#UNDO} needs it
     * @return the result
     * @throws dev.monarch.OperationRefusedException if it is not approved
     * @throws InvalidRequestException if it keeps no originals, or their collection no longer exists
     * @throws dev.monarch.LockHeldException if another process runs it and does not stop
     * @throws dev.monarch.LockLostException if another process has taken it over
     */
    public UndoReport undo(String id, Approval approval) {
        return new BackfillOriginals(backfilled).undo(id, approval, stop);
    }

    /**
     * Removes the originals of a backfill, which cannot be undone then.
     *
     * @param id its id
     * @param approval the caller's consent, as {@link GuardedOperation#UNDO} needs it
     * @throws dev.monarch.OperationRefusedException if it is not approved
     */
    public void removeOriginals(String id, Approval approval) {
        new BackfillOriginals(backfilled).remove(id, approval);
    }

    /**
     * The result of an undo.
     *
     * @param environment the name of the environment
     * @param id the id of the backfill
     * @param undone the number of documents that this call has undone
     * @param left the number of documents that were left
     * @param documents the first of them
     * @param complete whether all documents were tried; false if it was stopped or resumed
     */
    public record UndoReport(
            String environment, String id, long undone, long left, List<LeftDocument> documents, boolean complete) {

        /**
         * Creates a report; the documents are copied.
         *
         * @throws IllegalArgumentException if a name is blank, or a number is negative
         */
        public UndoReport {
            Checks.notBlank("environment", environment);
            Checks.notBlank("id", id);
            Checks.atLeast("undone", undone, 0);
            Checks.atLeast("left", left, 0);
            documents = List.copyOf(documents);
        }

        /**
         * A document that was left. Its original is kept.
         *
         * @param collection the name of its collection
         * @param document its {@code _id}
         * @param reason why it was left
         */
        public record LeftDocument(String collection, BsonValue document, String reason) {

            /**
             * Creates a document.
             *
             * @throws IllegalArgumentException if {@code collection} or {@code reason} is blank
             */
            public LeftDocument {
                Checks.notBlank("collection", collection);
                Checks.notBlank("reason", reason);
            }
        }
    }

    /**
     * How fast a backfill runs. Immutable.
     *
     * @param dutyCycle the share of time in which it works, greater than 0, at most 1; null for the default
     * @param documentsPerSecond the largest number of documents that it changes in a second; null for the default, or no
     *     limit
     */
    public record Rate(@Nullable Double dutyCycle, @Nullable Long documentsPerSecond) {

        /** Leaves everything to the settings. */
        public static final Rate DEFAULT = new Rate(null, null);

        /**
         * Creates a rate.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public Rate {
            if (dutyCycle != null && !(dutyCycle > 0 && dutyCycle <= 1)) {
                throw new IllegalArgumentException(
                        "dutyCycle must be greater than 0 and at most 1, but is " + dutyCycle);
            }
            if (documentsPerSecond != null) {
                Checks.atLeast("documentsPerSecond", documentsPerSecond, 1);
            }
        }

        /**
         * Takes what is not set from another rate.
         *
         * @param defaults the other rate
         * @return the rate
         */
        public Rate or(Rate defaults) {
            return new Rate(
                    dutyCycle != null ? dutyCycle : defaults.dutyCycle,
                    documentsPerSecond != null ? documentsPerSecond : defaults.documentsPerSecond);
        }
    }

    /**
     * How backfills run.
     *
     * @param historyCollection the collection that holds the history
     * @param scope distinguishes the histories of several applications in one database
     * @param lock how long the lease of a backfill lasts, and how long {@link Backfills#run} waits for it
     * @param rate how fast they run, if no other rate was set
     * @param backOff whether they slow down while the servers are busy or replication lags
     * @param setAsideLimit how many documents of a backfill may be set aside before it stops
     */
    public record BackfillSettings(
            String historyCollection, String scope, LockSettings lock, Rate rate, boolean backOff, int setAsideLimit) {

        /** A fifth of the time, back-off, and at most 1,000 documents that are set aside. */
        public static final BackfillSettings DEFAULT = new BackfillSettings(
                "monarch.history", "default", LockSettings.DEFAULT, new Rate(0.2, null), true, 1000);

        /**
         * Creates settings.
         *
         * @throws IllegalArgumentException if a name is blank, or {@code setAsideLimit} is negative
         */
        public BackfillSettings {
            Checks.notBlank("historyCollection", historyCollection);
            Checks.notBlank("scope", scope);
            Checks.atLeast("setAsideLimit", setAsideLimit, 0);
        }
    }
}
