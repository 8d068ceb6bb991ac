package dev.monarch.replacement;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.replacement.LoadOptions.OnDuplicate;
import dev.monarch.replacement.LoadOptions.Verification;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * The common part of requests that replace the data of an environment. Immutable: each method returns a changed copy.
 *
 * @param <R> the kind of request
 */
public abstract class ReplacementRequest<R extends ReplacementRequest<R>> {

    private final Terms terms;

    /**
     * Creates a request.
     *
     * @param terms the common part
     */
    protected ReplacementRequest(Terms terms) {
        this.terms = terms;
    }

    /**
     * Returns a copy with other terms.
     *
     * @param other the terms
     * @return the request
     */
    protected abstract R with(Terms other);

    /**
     * {@return the common part}
     */
    protected final Terms terms() {
        return terms;
    }

    /**
     * Selects some collections. Nothing else in the target changes then.
     *
     * @param selection the collections
     * @return a changed copy
     */
    public final R selecting(CollectionSelection selection) {
        return with(terms.selecting(selection));
    }

    /**
     * Confirms that an incomplete database may replace data of a protected environment, or of the one it comes from.
     *
     * @param environment the name of that environment; null for no such confirmation
     * @return a changed copy
     */
    public final R partialInto(@Nullable String environment) {
        return with(terms.partialInto(environment));
    }

    /**
     * Sets what happens to documents that violate a unique index. Default: {@link OnDuplicate#FAIL}.
     *
     * @param onDuplicate what to do
     * @return a changed copy
     */
    public final R onDuplicate(OnDuplicate onDuplicate) {
        return with(terms.loading(load().withOnDuplicate(onDuplicate)));
    }

    /**
     * Sets which indexes are built. Default: {@link IndexChoice#EXACT}.
     *
     * @param indexes the indexes
     * @return a changed copy
     */
    public final R indexed(IndexChoice indexes) {
        return with(terms.loading(load().withIndexes(indexes)));
    }

    /**
     * Sets how the loaded data is verified. Default: {@link Verification#COUNT}.
     *
     * @param verification the verification
     * @return a changed copy
     */
    public final R verified(Verification verification) {
        return with(terms.loading(load().withVerification(verification)));
    }

    /**
     * Sets how fast the data is moved. What the pace leaves open is decided by the service.
     *
     * @param pace the pace
     * @return a changed copy
     */
    public final R paced(Pace pace) {
        return with(terms.paced(pace));
    }

    /**
     * Reports the progress to a listener.
     *
     * @param listener called during the operation
     * @return a changed copy
     */
    public final R reportingTo(TransferListener listener) {
        return with(terms.reportingTo(listener));
    }

    /**
     * Accepts the loss of writes by others to the target. See {@link Option#ACCEPT_LOST_WRITES}.
     *
     * @return a changed copy
     */
    public final R acceptingLostWrites() {
        return with(terms.with(Option.ACCEPT_LOST_WRITES));
    }

    /**
     * Allows the replacement of time series collections. See {@link Option#REPLACE_TIME_SERIES}.
     *
     * @return a changed copy
     */
    public final R replacingTimeSeries() {
        return with(terms.with(Option.REPLACE_TIME_SERIES));
    }

    /**
     * Loads into the target's existing collections. See {@link Option#IN_PLACE}.
     *
     * @return a changed copy
     */
    public final R inPlace() {
        return with(terms.with(Option.IN_PLACE));
    }

    /**
     * Keeps expired documents. See {@link Option#PARK_TIME_TO_LIVE}.
     *
     * @return a changed copy
     */
    public final R parkingTimeToLive() {
        return with(terms.with(Option.PARK_TIME_TO_LIVE));
    }

    /**
     * Keeps the target's own migration history. See {@link Option#KEEP_HISTORY}.
     *
     * @return a changed copy
     */
    public final R keepingHistory() {
        return with(terms.with(Option.KEEP_HISTORY));
    }

    /**
     * Allows a source without collections. See {@link Option#ALLOW_EMPTY}.
     *
     * @return a changed copy
     */
    public final R allowingEmpty() {
        return with(terms.with(Option.ALLOW_EMPTY));
    }

    /**
     * {@return the selected collections}
     */
    public final CollectionSelection selection() {
        return terms.selection();
    }

    /**
     * {@return the name of the environment whose data an incomplete database may replace; null for none}
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
     * {@return the options, unmodifiable}
     */
    public final Set<Option> options() {
        return terms.options();
    }

    /**
     * {@return the pace}
     */
    public final Pace pace() {
        return terms.pace();
    }

    /**
     * {@return the listener for progress}
     */
    public final TransferListener listener() {
        return terms.listener();
    }

    /** Options of a request beyond the defaults. */
    public enum Option {

        /** Writes by others to the target during the load are lost. Without it, such writes fail the operation. */
        ACCEPT_LOST_WRITES,

        /** Time series collections are dropped and created again, because MongoDB cannot replace them atomically. */
        REPLACE_TIME_SERIES,

        /**
         * Loads the data into the target's existing collections. This needs no additional disk space and is unsafe:
         * after a failure the target is incomplete.
         */
        IN_PLACE,

        /** TTL rules of indexes and collections have no effect until you set them again. */
        PARK_TIME_TO_LIVE,

        /** The target keeps its own migration history. Without it, the source's history replaces it. */
        KEEP_HISTORY,

        /**
         * The source may have no collections. Without it, such a source is refused, because its name is probably
         * misspelt.
         */
        ALLOW_EMPTY
    }

    /**
     * The common part of requests.
     *
     * @param selection the selected collections
     * @param partialInto the environment whose data an incomplete database may replace; null for none
     * @param load how the data is loaded
     * @param options options beyond the defaults
     * @param pace how fast the data is moved
     * @param listener the listener for progress
     */
    protected record Terms(
            CollectionSelection selection,
            @Nullable String partialInto,
            LoadOptions load,
            Set<Option> options,
            Pace pace,
            TransferListener listener) {

        /** All collections, without options. */
        public static final Terms DEFAULT = new Terms(
                CollectionSelection.ALL, null, LoadOptions.DEFAULT, Set.of(), Pace.DEFAULT, TransferListener.NONE);

        /** Creates terms; the options are copied. */
        protected Terms {
            options = Set.copyOf(options);
        }

        private Terms selecting(CollectionSelection other) {
            return new Terms(other, partialInto, load, options, pace, listener);
        }

        private Terms partialInto(@Nullable String other) {
            return new Terms(selection, other, load, options, pace, listener);
        }

        private Terms loading(LoadOptions other) {
            return new Terms(selection, partialInto, other, options, pace, listener);
        }

        private Terms with(Option option) {
            EnumSet<Option> more = EnumSet.of(option);
            more.addAll(options);
            return new Terms(selection, partialInto, load, more, pace, listener);
        }

        private Terms paced(Pace other) {
            return new Terms(selection, partialInto, load, options, other, listener);
        }

        private Terms reportingTo(TransferListener other) {
            return new Terms(selection, partialInto, load, options, pace, other);
        }
    }

    /**
     * Renames collections on the way into the target.
     *
     * @param from a name, or a pattern with one {@code *}, which matches any characters
     * @param to the new name; it has a {@code *} for these characters if {@code from} has one
     */
    public record CollectionRename(String from, String to) {

        private static final String STAR = "*";

        /**
         * Creates a rename.
         *
         * @throws IllegalArgumentException if a name is empty, or the names do not both have one {@code *} or none
         */
        public CollectionRename {
            if (from.isEmpty() || to.isEmpty()) {
                throw new IllegalArgumentException(
                        "A collection cannot be renamed from '" + from + "' to '" + to + "': a name must not be empty");
            }
            long stars = stars(from);
            if (stars > 1 || stars != stars(to)) {
                throw new IllegalArgumentException(
                        "A collection cannot be renamed from '" + from + "' to '" + to + "': both need one *, or none");
            }
        }

        private static long stars(String text) {
            return text.chars().filter(character -> character == '*').count();
        }

        /**
         * Renames a collection.
         *
         * @param collection its name
         * @return the new name; the same name if it does not match
         */
        public String apply(String collection) {
            if (!from.contains(STAR)) {
                return collection.equals(from) ? to : collection;
            }
            String expression =
                    Stream.of(from.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("(.*)"));
            Matcher matcher = Pattern.compile(expression, Pattern.DOTALL).matcher(collection);
            return matcher.matches() ? to.replace(STAR, matcher.group(1)) : collection;
        }
    }
}
