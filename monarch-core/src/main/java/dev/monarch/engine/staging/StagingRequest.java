package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.Set;

import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.replacement.LoadOptions;
import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.replacement.ReplacementRequest;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.transfer.Pace;

/**
 * How a database is replaced.
 *
 * @param operation the operation, as a phrase that precedes the name of an environment: {@code restore into}
 * @param replacement the collections to replace and to keep
 * @param load how the data is loaded
 * @param renameLimit the time limit of one rename on the server
 * @param pace how fast it is loaded
 */
public record StagingRequest(
        String operation, Replacement replacement, LoadOptions load, Duration renameLimit, TransferPace pace) {

    /** The default time limit for a rename. */
    public static final Duration DEFAULT_RENAME_LIMIT = Duration.ofSeconds(60);

    /** Creates a request at full pace. */
    StagingRequest(String operation, Replacement replacement, LoadOptions load, Duration renameLimit) {
        this(operation, replacement, load, renameLimit, TransferPace.of(Pace.FULL));
    }

    /**
     * Creates a request from the request of a caller.
     *
     * @param operation the operation, as a phrase that precedes the name of an environment
     * @param request the request of the caller
     * @param removeOthers whether collections that the source does not have are removed
     * @param history the collection of the migration history
     * @param pace how fast it is loaded
     * @return the request
     */
    public static StagingRequest of(
            String operation, ReplacementRequest<?> request, boolean removeOthers, String history, TransferPace pace) {
        Set<String> keep = request.options().contains(Option.KEEP_HISTORY) ? Set.of(history) : Set.of();
        return new StagingRequest(
                operation,
                new Replacement(removeOthers, keep, history, request.options()),
                request.load(),
                DEFAULT_RENAME_LIMIT,
                pace);
    }

    IndexChoice indexes() {
        return load.indexes();
    }

    /**
     * The collections to replace and to keep.
     *
     * @param removeOthers whether collections and views that the source does not have are removed
     * @param keep the collections that are neither replaced nor removed
     * @param last the collection that is replaced after all others: the migration history
     * @param options options beyond the defaults
     */
    public record Replacement(boolean removeOthers, Set<String> keep, String last, Set<Option> options) {

        /** Creates a replacement; the sets are copied. */
        public Replacement {
            keep = Set.copyOf(keep);
            options = Set.copyOf(options);
        }

        /** Creates a replacement with options. */
        Replacement(boolean removeOthers, String last, Option... options) {
            this(removeOthers, Set.of(), last, Set.of(options));
        }

        boolean acceptLostWrites() {
            return options.contains(Option.ACCEPT_LOST_WRITES);
        }

        boolean replaceTimeSeries() {
            return options.contains(Option.REPLACE_TIME_SERIES);
        }

        boolean inPlace() {
            return options.contains(Option.IN_PLACE);
        }

        boolean parkTimeToLive() {
            return options.contains(Option.PARK_TIME_TO_LIVE);
        }
    }
}
