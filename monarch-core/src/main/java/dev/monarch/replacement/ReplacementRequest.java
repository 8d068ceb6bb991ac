package dev.monarch.replacement;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.replacement.LoadOptions.OnDuplicate;
import dev.monarch.replacement.LoadOptions.Verification;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * What all requests have in common that replace the data of an environment. Immutable: each method returns another request.
 *
 * @param <R> the kind of request
 */
public abstract class ReplacementRequest<R extends ReplacementRequest<R>> {

    private final Terms terms;

    /**
     * Creates a request.
     *
     * @param terms what all such requests have in common
     */
    protected ReplacementRequest(Terms terms) {
        this.terms = terms;
    }

    /**
     * Returns a request that differs from this one in its terms alone.
     *
     * @param other the terms
     * @return the request
     */
    protected abstract R with(Terms other);

    /**
     * {@return what all such requests have in common}
     */
    protected final Terms terms() {
        return terms;
    }

    /**
     * Takes some collections; nothing else of the target is touched then.
     *
     * @param selection which collections
     * @return the request
     */
    public final R selecting(CollectionSelection selection) {
        return with(terms.selecting(selection));
    }

    /**
     * Confirms that an incomplete database is meant to go into a protected environment, or into the one it was taken of.
     *
     * @param environment the name of that environment; null for no such confirmation
     * @return the request
     */
    public final R partialInto(@Nullable String environment) {
        return with(terms.partialInto(environment));
    }

    /**
     * Says what to do about documents that a unique index does not allow; {@link OnDuplicate#FAIL} otherwise.
     *
     * @param onDuplicate what to do
     * @return the request
     */
    public final R onDuplicate(OnDuplicate onDuplicate) {
        return with(terms.loading(load().withOnDuplicate(onDuplicate)));
    }

    /**
     * Says which indexes are built; {@link IndexChoice#EXACT} otherwise.
     *
     * @param indexes which
     * @return the request
     */
    public final R indexed(IndexChoice indexes) {
        return with(terms.loading(load().withIndexes(indexes)));
    }

    /**
     * Says how what was loaded is verified; {@link Verification#COUNT} otherwise.
     *
     * @param verification how
     * @return the request
     */
    public final R verified(Verification verification) {
        return with(terms.loading(load().withVerification(verification)));
    }

    /**
     * Says how many inserts run at the same time, and how many collections are read at the same time where a database is
     * read.
     *
     * @param workers at least 1
     * @return the request
     * @throws IllegalArgumentException if there would be no worker
     */
    public final R workers(int workers) {
        return with(terms.loading(load().withWorkers(workers)));
    }

    /**
     * Reports the progress to a listener.
     *
     * @param listener is called as the operation proceeds
     * @return the request
     */
    public final R telling(TransferListener listener) {
        return with(terms.telling(listener));
    }

    /**
     * Accepts that writes of others to the target are lost; see {@link Option#ACCEPT_LOST_WRITES}.
     *
     * @return the request
     */
    public final R acceptingLostWrites() {
        return with(terms.with(Option.ACCEPT_LOST_WRITES));
    }

    /**
     * Allows time series collections to be replaced; see {@link Option#REPLACE_TIME_SERIES}.
     *
     * @return the request
     */
    public final R replacingTimeSeries() {
        return with(terms.with(Option.REPLACE_TIME_SERIES));
    }

    /**
     * Loads into the target's own collections; see {@link Option#IN_PLACE}.
     *
     * @return the request
     */
    public final R inPlace() {
        return with(terms.with(Option.IN_PLACE));
    }

    /**
     * Keeps documents that would expire at once; see {@link Option#PARK_TIME_TO_LIVE}.
     *
     * @return the request
     */
    public final R parkingTimeToLive() {
        return with(terms.with(Option.PARK_TIME_TO_LIVE));
    }

    /**
     * Keeps the target's own migration history; see {@link Option#KEEP_HISTORY}.
     *
     * @return the request
     */
    public final R keepingHistory() {
        return with(terms.with(Option.KEEP_HISTORY));
    }

    /**
     * Allows a source without collections; see {@link Option#ALLOW_EMPTY}.
     *
     * @return the request
     */
    public final R allowingEmpty() {
        return with(terms.with(Option.ALLOW_EMPTY));
    }

    /**
     * {@return which collections are taken}
     */
    public final CollectionSelection selection() {
        return terms.selection();
    }

    /**
     * {@return the name of the environment that an incomplete database may go into; null for none}
     */
    public final @Nullable String partialInto() {
        return terms.partialInto();
    }

    /**
     * {@return how the data is loaded}
     */
    public final LoadOptions load() {
        return terms.load();
    }

    /**
     * {@return the options that were chosen, which cannot be changed}
     */
    public final Set<Option> options() {
        return terms.options();
    }

    /**
     * {@return the listener of the progress}
     */
    public final TransferListener listener() {
        return terms.listener();
    }

    /** What a request may ask for beyond the default. */
    public enum Option {

        /** What others write to the target while it is loaded is lost; otherwise such writes make the operation fail. */
        ACCEPT_LOST_WRITES,

        /** Time series collections are dropped and created again; MongoDB cannot replace them atomically. */
        REPLACE_TIME_SERIES,

        /**
         * The data is loaded into the target's own collections, which needs no additional disk space and is unsafe: after a
         * failure the target is incomplete.
         */
        IN_PLACE,

        /** TTL indexes, and the same option of collections, have no effect until somebody sets them again. */
        PARK_TIME_TO_LIVE,

        /** The target keeps its own migration history; otherwise the source's replaces it. */
        KEEP_HISTORY,

        /** The source may have no collections; otherwise such a source is refused, as its name is probably misspelt. */
        ALLOW_EMPTY
    }

    /**
     * What all such requests have in common.
     *
     * @param selection which collections are taken
     * @param partialInto the environment that an incomplete database may go into
     * @param load how the data is loaded
     * @param options what was chosen beyond the default
     * @param listener the listener of the progress
     */
    protected record Terms(
            CollectionSelection selection,
            @Nullable String partialInto,
            LoadOptions load,
            Set<Option> options,
            TransferListener listener) {

        /** Everything, without options. */
        public static final Terms DEFAULT =
                new Terms(CollectionSelection.ALL, null, LoadOptions.DEFAULT, Set.of(), TransferListener.NONE);

        /** Creates terms; the options are copied. */
        protected Terms {
            options = Set.copyOf(options);
        }

        private Terms selecting(CollectionSelection other) {
            return new Terms(other, partialInto, load, options, listener);
        }

        private Terms partialInto(@Nullable String other) {
            return new Terms(selection, other, load, options, listener);
        }

        private Terms loading(LoadOptions other) {
            return new Terms(selection, partialInto, other, options, listener);
        }

        private Terms with(Option option) {
            EnumSet<Option> more = EnumSet.of(option);
            more.addAll(options);
            return new Terms(selection, partialInto, load, more, listener);
        }

        private Terms telling(TransferListener other) {
            return new Terms(selection, partialInto, load, options, other);
        }
    }
}
