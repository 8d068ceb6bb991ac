package dev.monarch.engine.transfer;

import com.mongodb.ReadPreference;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

/**
 * The pace of one transfer. Everything that moves data asks it how many workers it may use, and waits in it after each
 * batch. Thread-safe.
 */
public final class TransferPace {

    /** Enough to keep a server and a disk busy, few enough for 256 MB of heap. */
    private static final int DEFAULT_WORKERS = 4;

    /** The usual size of a batch: a frame of an archive, or a message to the server. */
    private static final int FULL_BATCH = 4 * 1024 * 1024;

    /** The server reads it in a few milliseconds, so that other operations wait for no longer than that. */
    private static final int GENTLE_BATCH = 512 * 1024;

    private final Pace pace;

    private final RateLimit rate;

    private final StageTimes times = new StageTimes();

    private TransferPace(Pace pace) {
        this.pace = pace;
        this.rate = RateLimit.of(pace.maxRate());
    }

    /**
     * Creates the pace of one transfer.
     *
     * @param pace the requested pace
     * @return the pace
     */
    public static TransferPace of(Pace pace) {
        return new TransferPace(pace);
    }

    /** {@return how many collections are read, or how many inserts run, at the same time} */
    public int workers() {
        Integer requested = pace.workers();
        if (requested != null) {
            return requested;
        }
        return pace.isGentle() ? 1 : DEFAULT_WORKERS;
    }

    /** {@return which member of the source is read} */
    public ReadPreference member() {
        return pace.member();
    }

    /** {@return how many threads compress; at a gentle pace, one processor stays free for the application} */
    public int compressors() {
        int processors = Runtime.getRuntime().availableProcessors();
        return pace.isGentle() ? Math.max(1, processors - 1) : processors;
    }

    /** {@return the priority of threads that compress} */
    public int compressorPriority() {
        return pace.isGentle() ? Thread.MIN_PRIORITY : Thread.NORM_PRIORITY;
    }

    /** {@return the length of a batch in bytes, unless one document is longer} */
    public int batchBytes() {
        return pace.isGentle() ? GENTLE_BATCH : FULL_BATCH;
    }

    /** {@return what the transfer waits for} */
    public StageTimes times() {
        return times;
    }

    /**
     * Waits after a batch until the next one may follow.
     *
     * @param bytes the length of the batch
     * @return how long it waited, in nanoseconds
     */
    public long pass(int bytes) {
        return rate.pass(bytes);
    }

    /**
     * Wraps the sink of a source that does not wait by itself.
     *
     * @param sink the sink
     * @return a sink that forwards, and waits after each batch
     */
    public TransferSink pacing(TransferSink sink) {
        return new TransferSink() {

            @Override
            public void begin(Catalogue catalogue) {
                sink.begin(catalogue);
            }

            @Override
            public CollectionSink collection(CollectionDescription collection) {
                return new Paced(sink.collection(collection));
            }
        };
    }

    private final class Paced implements CollectionSink {

        private final CollectionSink sink;

        private Paced(CollectionSink sink) {
            this.sink = sink;
        }

        @Override
        public void documents(DocumentBatch batch) {
            int length = batch.length();
            sink.documents(batch);
            times.add(Stage.PACE, pass(length));
        }

        @Override
        public void restart() {
            sink.restart();
        }

        @Override
        public void end() {
            sink.end();
        }
    }
}
