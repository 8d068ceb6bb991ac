package dev.monarch.replacement;

import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.staging.StagingRequest;
import dev.monarch.environment.Approval;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.TransferListener;

/**
 * What requests have in common that replace what a database holds, whatever it is replaced by. Immutable: each method
 * returns another request.
 *
 * @param <R> the kind of request
 */
public abstract class ReplacementRequest<R extends ReplacementRequest<R>> implements Cloneable {

    private Approval approval = Approval.none();

    private CollectionSelection selection = CollectionSelection.ALL;

    private @Nullable String partialInto;

    private OnDuplicate onDuplicate = OnDuplicate.FAIL;

    private IndexChoice indexes = IndexChoice.EXACT;

    private Verification verification = Verification.COUNT;

    private TransferListener listener = TransferListener.NONE;

    private boolean acceptLostWrites;

    private boolean replaceTimeSeries;

    private boolean inPlace;

    private boolean keepHistory;

    private boolean allowEmpty;

    private boolean parkTimeToLive;

    private int workers = StagingRequest.DEFAULT_WORKERS;

    /** Creates a request for everything, with nothing approved. */
    protected ReplacementRequest() {}

    /**
     * Returns a request that differs from this one.
     *
     * @param change makes the difference
     * @return the request
     */
    @SuppressWarnings("unchecked") // R is the class of this object
    protected final R with(Consumer<? super R> change) {
        try {
            R copy = (R) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("It is Cloneable", e);
        }
    }

    private R withCommon(Consumer<ReplacementRequest<R>> change) {
        return with(change);
    }

    /**
     * Gives what the guard asks for.
     *
     * @param newApproval the caller's approval
     * @return the request
     */
    public final R approved(Approval newApproval) {
        return withCommon(copy -> copy.approval = newApproval);
    }

    /**
     * Asks for some collections; nothing else of the target is touched then.
     *
     * @param newSelection which collections of what there is to take
     * @return the request
     */
    public final R selecting(CollectionSelection newSelection) {
        return withCommon(copy -> copy.selection = newSelection);
    }

    /**
     * Confirms that a part of a database goes where it could be taken for the whole: into a protected environment, or the
     * one it is of.
     *
     * @param environment the name of that environment; null for no such confirmation
     * @return the request
     */
    public final R partialInto(@Nullable String environment) {
        return withCommon(copy -> copy.partialInto = environment);
    }

    /**
     * Says what to do about documents that a unique index does not allow.
     *
     * @param newOnDuplicate what to do
     * @return the request
     */
    public final R onDuplicate(OnDuplicate newOnDuplicate) {
        return withCommon(copy -> copy.onDuplicate = newOnDuplicate);
    }

    /**
     * Says which indexes are built.
     *
     * @param newIndexes which
     * @return the request
     */
    public final R indexed(IndexChoice newIndexes) {
        return withCommon(copy -> copy.indexes = newIndexes);
    }

    /**
     * Says how what was loaded is checked.
     *
     * @param newVerification how
     * @return the request
     */
    public final R verified(Verification newVerification) {
        return withCommon(copy -> copy.verification = newVerification);
    }

    /**
     * Asks for somebody to be told how far it has come.
     *
     * @param newListener is told
     * @return the request
     */
    public final R telling(TransferListener newListener) {
        return withCommon(copy -> copy.listener = newListener);
    }

    /**
     * Accepts that what others write to the target meanwhile is lost; otherwise it is refused when it happens.
     *
     * @return the request
     */
    public final R acceptingLostWrites() {
        return withCommon(copy -> copy.acceptLostWrites = true);
    }

    /**
     * Allows time series to be dropped and created again, which servers cannot do at once.
     *
     * @return the request
     */
    public final R replacingTimeSeries() {
        return withCommon(copy -> copy.replaceTimeSeries = true);
    }

    /**
     * Asks to load where the data is, for who lacks the space: unsafe, for a failure leaves a part of it.
     *
     * @return the request
     */
    public final R inPlace() {
        return withCommon(copy -> copy.inPlace = true);
    }

    /**
     * Keeps documents that would expire as soon as they are there: TTL indexes, and the same option of collections, stay
     * without effect until somebody sets them again.
     *
     * @return the request
     */
    public final R parkingTimeToLive() {
        return withCommon(copy -> copy.parkTimeToLive = true);
    }

    /**
     * Keeps the target's own migration history; otherwise the one that comes replaces it.
     *
     * @return the request
     */
    public final R keepingHistory() {
        return withCommon(copy -> copy.keepHistory = true);
    }

    /**
     * Says that a source without a collection of anybody's is meant; otherwise it is refused, as its name is probably
     * misspelt.
     *
     * @return the request
     */
    public final R allowingEmpty() {
        return withCommon(copy -> copy.allowEmpty = true);
    }

    /**
     * Says how many inserts are under way at once, and how many collections are read at once where a database is read.
     *
     * @param newWorkers at least 1
     * @return the request
     * @throws IllegalArgumentException if there would be no worker
     */
    public final R workers(int newWorkers) {
        if (newWorkers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, but is " + newWorkers);
        }
        return withCommon(copy -> copy.workers = newWorkers);
    }

    /**
     * Returns what the guard is given.
     *
     * @return the approval
     */
    public final Approval approval() {
        return approval;
    }

    /**
     * Returns which collections are wanted.
     *
     * @return the selection
     */
    public final CollectionSelection selection() {
        return selection;
    }

    /**
     * Returns into which environment a part may go that could be taken for the whole.
     *
     * @return its name, or null for none
     */
    public final @Nullable String partialInto() {
        return partialInto;
    }

    /**
     * Returns who is told how far it has come.
     *
     * @return the listener
     */
    public final TransferListener listener() {
        return listener;
    }

    /**
     * Tells whether the data is loaded where it is, which is unsafe.
     *
     * @return whether it is
     */
    public final boolean isInPlace() {
        return inPlace;
    }

    /**
     * Tells whether the target keeps its own migration history.
     *
     * @return whether it does
     */
    public final boolean keepsHistory() {
        return keepHistory;
    }

    /**
     * Tells whether the source may hold no collection of anybody's.
     *
     * @return whether it may
     */
    public final boolean allowsEmpty() {
        return allowEmpty;
    }

    /**
     * Returns how many inserts are under way at once.
     *
     * @return at least 1
     */
    public final int workers() {
        return workers;
    }

    /**
     * Returns what of the target is kept whatever comes.
     *
     * @param history the collection of the migration history
     * @return the names of collections
     */
    public final Set<String> kept(String history) {
        return keepHistory ? Set.of(history) : Set.of();
    }

    /**
     * Returns how the target is to be replaced.
     *
     * @param operation what is done, in words that fit before the name of an environment
     * @param removeOthers whether what does not come is removed
     * @param history the collection of the migration history
     * @return the request that staging is given
     */
    public final StagingRequest staging(String operation, boolean removeOthers, String history) {
        return new StagingRequest(
                operation,
                new StagingRequest.Replacement(
                        removeOthers,
                        kept(history),
                        history,
                        acceptLostWrites,
                        replaceTimeSeries,
                        inPlace,
                        parkTimeToLive),
                onDuplicate,
                indexes,
                verification,
                workers,
                StagingRequest.DEFAULT_RENAME_LIMIT);
    }

    /** What to do about documents that a unique index does not allow, that of {@code _id} included. */
    public enum OnDuplicate {

        /** The operation fails before anything is replaced, and names them. */
        FAIL,

        /** The first by {@code _id} is kept, of two with one {@code _id} that which arrives first; the others are left out and listed. */
        REPORT
    }

    /** Which indexes are built on what is loaded. */
    public enum IndexChoice {

        /** All of them as they are; one that servers no longer build is refused before anything is loaded. */
        EXACT,

        /**
         * Those of servers before 3.4 by the rules of {@code mongorestore --convertLegacyIndexes}; an index that no current server
         * can build is left out and named.
         */
        CONVERT_LEGACY,

        /** None but that of {@code _id}. */
        NONE
    }

    /** How what was loaded is checked before it replaces anything. */
    public enum Verification {

        /** The acknowledged documents and bytes are those that came, and the server counts as many. */
        COUNT,

        /** And every document is read back and compared by its digest. */
        FULL
    }
}
