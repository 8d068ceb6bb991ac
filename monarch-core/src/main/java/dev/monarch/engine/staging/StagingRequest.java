package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.Set;

import dev.monarch.replacement.ReplacementRequest.IndexChoice;
import dev.monarch.replacement.ReplacementRequest.OnDuplicate;
import dev.monarch.replacement.ReplacementRequest.Verification;

/**
 * How a database is to be replaced.
 *
 * @param operation what is done, in words that fit before the name of an environment: {@code restore into}
 * @param replacement what is replaced, and what is not
 * @param onDuplicate what to do about documents that a unique index does not allow
 * @param indexes which indexes are built
 * @param verification how what was loaded is checked
 * @param workers how many inserts are under way at once; at least 1
 * @param renameLimit how long one rename may wait for its turn on the server
 */
public record StagingRequest(
        String operation,
        Replacement replacement,
        OnDuplicate onDuplicate,
        IndexChoice indexes,
        Verification verification,
        int workers,
        Duration renameLimit) {

    /** How many inserts are under way at once unless somebody says otherwise. */
    public static final int DEFAULT_WORKERS = 4;

    /** How long one rename may wait unless somebody says otherwise. */
    public static final Duration DEFAULT_RENAME_LIMIT = Duration.ofSeconds(60);

    /**
     * What is replaced, and what is not.
     *
     * @param removeOthers whether collections and views that do not come are removed
     * @param keep what is neither replaced nor removed, whatever comes
     * @param last the collection that is replaced after all others: the migration history
     * @param acceptLostWrites whether what others wrote meanwhile may be lost
     * @param replaceTimeSeries whether a time series may be replaced, which cannot be done at once
     * @param inPlace whether to load where the data is, which is unsafe: a failure leaves half of it
     * @param parkTimeToLive whether documents that would expire are kept: TTL indexes and collections stay without effect
     */
    public record Replacement(
            boolean removeOthers,
            Set<String> keep,
            String last,
            boolean acceptLostWrites,
            boolean replaceTimeSeries,
            boolean inPlace,
            boolean parkTimeToLive) {

        /**
         * Creates a replacement after which documents expire as they did where they come from.
         *
         * @param removeOthers whether collections that do not come are removed
         * @param keep what is neither replaced nor removed, which is copied
         * @param last the collection that is replaced after all others
         * @param acceptLostWrites whether what others wrote meanwhile may be lost
         * @param replaceTimeSeries whether a time series may be replaced
         * @param inPlace whether to load where the data is
         */
        public Replacement(
                boolean removeOthers,
                Set<String> keep,
                String last,
                boolean acceptLostWrites,
                boolean replaceTimeSeries,
                boolean inPlace) {
            this(removeOthers, keep, last, acceptLostWrites, replaceTimeSeries, inPlace, false);
        }

        public Replacement {
            keep = Set.copyOf(keep);
        }
    }

    /**
     * Creates a request.
     *
     * @throws IllegalArgumentException if there is no worker
     */
    public StagingRequest {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, but is " + workers);
        }
    }

    /**
     * Creates a request that builds all indexes as they are.
     *
     * @param operation what is done
     * @param replacement what is replaced
     * @param onDuplicate what to do about duplicates
     * @param verification how what was loaded is checked
     * @param workers how many inserts are under way at once
     * @param renameLimit how long one rename may wait
     * @throws IllegalArgumentException if there is no worker
     */
    public StagingRequest(
            String operation,
            Replacement replacement,
            OnDuplicate onDuplicate,
            Verification verification,
            int workers,
            Duration renameLimit) {
        this(operation, replacement, onDuplicate, IndexChoice.EXACT, verification, workers, renameLimit);
    }
}
