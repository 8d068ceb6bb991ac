package dev.monarch.transfer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a transfer has come, at one moment.
 *
 * @param phase what is being done, in a word or two: {@code reading}, {@code building indexes}, {@code replacing}
 * @param collections each collection, in the order of the catalogue
 * @param elapsed the time since the transfer began
 */
public record TransferProgress(String phase, List<CollectionProgress> collections, Duration elapsed) {

    public TransferProgress {
        collections = List.copyOf(collections);
    }

    /**
     * Returns how many documents have come.
     *
     * @return their number
     */
    public long documents() {
        return collections.stream().mapToLong(CollectionProgress::documents).sum();
    }

    /**
     * Returns how many bytes of documents have come.
     *
     * @return their number, uncompressed
     */
    public long bytes() {
        return collections.stream().mapToLong(CollectionProgress::bytes).sum();
    }

    /**
     * Returns how many bytes there are in all.
     *
     * @return their number, or nothing if it is not known of every collection
     */
    public Optional<Long> expectedBytes() {
        long sum = 0;
        for (CollectionProgress collection : collections) {
            boolean ended = collection.state() == CollectionProgress.State.ENDED;
            long expected = ended ? collection.bytes() : collection.expected().bytes();
            if (expected < 0) {
                return Optional.empty();
            }
            sum += Math.max(expected, collection.bytes());
        }
        return Optional.of(sum);
    }

    /**
     * Returns how fast it has been so far.
     *
     * @return bytes of documents per second
     */
    public long bytesPerSecond() {
        long millis = Math.max(1, elapsed.toMillis());
        return bytes() * 1000 / millis;
    }

    /**
     * Returns how long the rest is going to take if it goes on as it has.
     *
     * @return the time, or nothing if that cannot be said yet
     */
    public Optional<Duration> left() {
        long rate = bytesPerSecond();
        return rate == 0
                ? Optional.empty()
                : expectedBytes().map(expected -> Duration.ofMillis((expected - bytes()) * 1000 / rate));
    }

    /**
     * How far one collection has come.
     *
     * @param collection its name
     * @param documents how many documents have come so far
     * @param bytes how many bytes of documents that is, uncompressed
     * @param expected what there is in all, as well as it is known
     * @param state where it stands
     */
    public record CollectionProgress(String collection, long documents, long bytes, Expected expected, State state) {

        /** Where a collection stands. */
        public enum State {
            /** Not begun. */
            WAITING,
            /** Documents are coming. */
            RUNNING,
            /** All documents have come. */
            ENDED
        }

        /**
         * What there is in all.
         *
         * @param documents how many documents; -1 if nobody knows
         * @param bytes how many bytes; -1 if nobody knows
         */
        public record Expected(long documents, long bytes) {

            /** Nobody knows. */
            public static final Expected UNKNOWN = new Expected(-1, -1);
        }
    }
}
