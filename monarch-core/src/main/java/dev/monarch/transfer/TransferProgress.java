package dev.monarch.transfer;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.monarch.engine.Checks;
import dev.monarch.engine.transfer.PacedOperation;

/**
 * The progress of a transfer.
 *
 * @param phase the current phase: {@code reading}, {@code building indexes}, {@code replacing}
 * @param collections the progress of each collection, in the order of the catalogue
 * @param elapsed the time since the transfer started
 */
public record TransferProgress(String phase, List<CollectionProgress> collections, Duration elapsed) {

    /**
     * Creates the progress.
     *
     * @throws IllegalArgumentException if {@code elapsed} is negative
     */
    public TransferProgress {
        Checks.notNegative("elapsed", elapsed);
        collections = List.copyOf(collections);
    }

    /** {@return the number of transferred documents} */
    public long documents() {
        return collections.stream().mapToLong(CollectionProgress::documents).sum();
    }

    /** {@return the size of the transferred documents in bytes, uncompressed} */
    public long bytes() {
        return collections.stream().mapToLong(CollectionProgress::bytes).sum();
    }

    /**
     * Returns the expected total size.
     *
     * @return the size in bytes; empty if it is not known for every collection
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

    /** {@return the average rate so far, in bytes of documents per second} */
    public long bytesPerSecond() {
        long millis = Math.max(1, elapsed.toMillis());
        return bytes() * 1000 / millis;
    }

    /**
     * Returns the estimated remaining time at the average rate.
     *
     * @return the time; empty if it is not known yet
     */
    public Optional<Duration> left() {
        long rate = bytesPerSecond();
        return rate == 0
                ? Optional.empty()
                : expectedBytes().map(expected -> Duration.ofMillis((expected - bytes()) * 1000 / rate));
    }

    /**
     * The progress of one collection.
     *
     * @param collection its name
     * @param documents the number of transferred documents
     * @param bytes their size in bytes, uncompressed
     * @param expected the expected total
     * @param state the state of the collection
     */
    public record CollectionProgress(String collection, long documents, long bytes, Expected expected, State state) {

        /**
         * Creates the progress.
         *
         * @throws IllegalArgumentException if {@code documents} or {@code bytes} is negative
         */
        public CollectionProgress {
            Checks.atLeast("documents", documents, 0);
            Checks.atLeast("bytes", bytes, 0);
        }

        /** The state of a collection. */
        public enum State {
            /** Not started. */
            WAITING,
            /** Documents are being transferred. */
            RUNNING,
            /** All documents were transferred. */
            ENDED
        }

        /**
         * The expected size of a collection.
         *
         * @param documents the number of documents; -1 if unknown
         * @param bytes the size in bytes; -1 if unknown
         */
        public record Expected(long documents, long bytes) {

            /**
             * Creates an expected size.
             *
             * @throws IllegalArgumentException if a number is less than -1
             */
            public Expected {
                Checks.atLeast("documents", documents, -1);
                Checks.atLeast("bytes", bytes, -1);
            }

            /** The size is unknown. */
            public static final Expected UNKNOWN = new Expected(-1, -1);
        }
    }

    /**
     * A stage that limited a transfer, because the others waited for it.
     *
     * @param stage the stage
     * @param percent its share of the time in which data was transferred, from 0 to 100
     */
    public record Limit(Stage stage, int percent) {

        /**
         * Creates a limit.
         *
         * @throws IllegalArgumentException if {@code percent} is negative
         */
        public Limit {
            Checks.atLeast("percent", percent, 0);
        }

        @Override
        public String toString() {
            return stage.name().toLowerCase(Locale.ROOT) + " " + percent + " %";
        }

        /** A stage of a transfer. */
        public enum Stage {
            /** The server that is read, with the network. */
            SOURCE,
            /** This process, which decompresses, selects, masks and checks documents. */
            READER,
            /** This process, which compresses. */
            COMPRESSOR,
            /** The store of backups: a disk, or a network with a service. */
            STORE,
            /** The server that is written to, with the network. */
            TARGET,
            /** The server that is written to, which builds indexes after the documents are there. */
            INDEXES,
            /** The requested pace. */
            PACE
        }
    }

    /**
     * The transfers that are running in this process, whatever service runs them. Their pace can be changed. Thread-safe.
     */
    public static final class RunningTransfers {

        /** Creates a view of the transfers of this process. */
        public RunningTransfers() {}

        /**
         * Returns the pace of a running operation.
         *
         * @param operation the id of the operation, as its events have it
         * @return its pace; empty if no such operation is running, or if it has no pace
         */
        public Optional<Pace> paceOf(UUID operation) {
            return PacedOperation.running(operation).map(PacedOperation::pace);
        }

        /**
         * Changes the pace of a running operation at once.
         *
         * @param operation the id of the operation, as its events have it
         * @param pace the mode and the maximum rate; what they leave open is as at the start. The numbers of workers and
         *     the read preference do not change
         * @return whether it was changed; false if no such operation is running, or if it has no pace
         */
        public boolean changePace(UUID operation, Pace pace) {
            Optional<PacedOperation> running = PacedOperation.running(operation);
            running.ifPresent(transfer -> transfer.change(pace, "this process"));
            return running.isPresent();
        }
    }

    /** Receives the progress of a transfer. Called by one thread at a time, which is not the caller's. */
    @FunctionalInterface
    public interface TransferListener {

        /** Ignores the progress. */
        TransferListener NONE = progress -> {};

        /**
         * Called about twice a second during a transfer, and once at its end.
         *
         * @param progress the current progress
         */
        void onProgress(TransferProgress progress);
    }
}
