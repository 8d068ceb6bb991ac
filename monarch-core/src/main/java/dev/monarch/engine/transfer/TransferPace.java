package dev.monarch.engine.transfer;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

/**
 * The pace of one transfer. Everything that moves data asks it how many workers it may use, and waits in it after each
 * batch. The mode and the maximum rate may change meanwhile. Thread-safe.
 */
public final class TransferPace {

    /** Enough to keep a server and a disk busy, few enough for 256 MB of heap. */
    private static final int DEFAULT_WORKERS = 4;

    /** The usual length of a batch: a frame of an archive, or a message to the server. */
    private static final int FULL_BATCH = 4 * 1024 * 1024;

    /** The server reads it in a few milliseconds, so that other operations wait for no longer than that. */
    private static final int GENTLE_BATCH = 512 * 1024;

    /** An insert takes longer, and the writes of others wait for its journal as well. */
    private static final int GENTLE_INSERT = 144 * 1024;

    private final Pace begun;

    private final RateLimit rate;

    private final StageTimes times = new StageTimes();

    private final GentleThrottle gentle;

    private volatile Pace pace;

    /** Null if no other process can change the pace. */
    private volatile @Nullable PaceWatch watch;

    private TransferPace(Pace pace, Calm calm) {
        this.gentle = new GentleThrottle(calm);
        this.begun = pace.or(Pace.FULL);
        this.pace = begun;
        this.rate = RateLimit.of(pace.maxRate());
        gentle.enable(pace.isGentle());
    }

    /**
     * Creates the pace of one transfer.
     *
     * @param pace the requested pace
     * @return the pace
     */
    public static TransferPace of(Pace pace) {
        return new TransferPace(pace, Calm.OF_TRANSFER);
    }

    /**
     * Creates the pace of a change in the background, which waits for as long as a server is slower than usual.
     *
     * @param pace the requested pace
     * @return the pace
     */
    public static TransferPace ofBackfill(Pace pace) {
        return new TransferPace(pace, Calm.OF_BACKFILL);
    }

    /** {@return the current pace} */
    public Pace current() {
        return pace;
    }

    /**
     * Changes the mode and the maximum rate at once. What the change leaves open is as at the start. Threads that have
     * started stay.
     */
    synchronized void change(Pace change) {
        Pace now = begun.in(change.mode()).atMost(change.maxRate()).or(begun);
        pace = now;
        rate.set(now.maxRate());
        gentle.enable(now.isGentle());
    }

    /** Lets other processes change the pace, through the databases that the transfer uses. */
    void watchedBy(PaceWatch requests) {
        watch = requests;
    }

    /** {@return how many collections are read, or how many inserts run, at the same time} */
    public int workers() {
        Integer requested = begun.workers();
        return requested != null ? requested : DEFAULT_WORKERS;
    }

    /** {@return which member of the source is read} */
    public ReadPreference member() {
        return begun.member();
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

    /** {@return the length of a batch that is read, in bytes, unless one document is longer} */
    public int batchBytes() {
        return pace.isGentle() ? GENTLE_BATCH : FULL_BATCH;
    }

    /** {@return the length of a batch that is inserted, in bytes, unless one document is longer} */
    public int insertBytes() {
        return pace.isGentle() ? GENTLE_INSERT : FULL_BATCH;
    }

    /** {@return what the transfer waits for} */
    public StageTimes times() {
        return times;
    }

    /**
     * Prepares to observe a server while it is used: for requests to change the pace and, at a gentle pace, for its
     * latency.
     *
     * @param environment its environment
     * @param writes whether the transfer writes to it
     * @return the observation, which has not started
     */
    public Observation observe(MonarchEnvironment environment, boolean writes) {
        return new Observation(
                environment, new DatabaseProbe(environment, writes ? ReadPreference.primary() : member(), writes));
    }

    /** The observation of a server. */
    public final class Observation implements AutoCloseable {

        private final MonarchEnvironment environment;

        private final ServerProbe probe;

        private Observation(MonarchEnvironment environment, ServerProbe probe) {
            this.environment = environment;
            this.probe = probe;
        }

        /** Starts it. */
        public void start() {
            gentle.observe(probe);
            PaceWatch requests = watch;
            if (requests != null) {
                requests.observe(environment);
            }
        }

        /** Ends it. */
        @Override
        public void close() {
            gentle.end(probe);
            PaceWatch requests = watch;
            if (requests != null) {
                requests.end(environment);
            }
        }
    }

    /** Never reduces a gentle pace below a rate, so that a snapshot does not expire during the read. */
    void keepAbove(double bytesPerSecond) {
        gentle.keepAbove(bytesPerSecond);
    }

    /** {@return whether others on this machine come first} */
    public boolean isConsiderate() {
        return pace.isGentle() && !gentle.isLate();
    }

    /** {@return the permission to use a server, which is not yet taken} */
    public Slot slot() {
        return new Slot();
    }

    /** The permission of one thread to use a server. A gentle pace limits how many there are at the same time. */
    public final class Slot implements AutoCloseable {

        private boolean held;

        /**
         * Waits until the thread may use a server.
         *
         * @return how long it waited, in nanoseconds
         */
        public long take() {
            if (!pace.isGentle()) {
                return 0;
            }
            long begun = System.nanoTime();
            gentle.enter(workers());
            held = true;
            return System.nanoTime() - begun;
        }

        @Override
        public void close() {
            if (held) {
                held = false;
                gentle.exit();
            }
        }
    }

    /**
     * Waits after a write until the next one may follow. Reading waits separately, so that neither comes in bursts.
     *
     * @param bytes the length of what was written
     */
    public void passWrite(int bytes) {
        gentle.passWrite(bytes);
    }

    /**
     * Waits after a batch until the next one may follow.
     *
     * @param bytes the length of the batch
     * @return how long it waited, in nanoseconds
     */
    public long pass(int bytes) {
        return rate.pass(bytes) + gentle.pass(bytes);
    }

    /** {@return the length of all batches so far} */
    long passed() {
        return rate.passed();
    }

    /**
     * Wraps the sink of a source that does not wait itself.
     *
     * @param sink the sink
     * @return a sink that forwards, and waits after each batch
     */
    public TransferSink pacing(TransferSink sink) {
        return sink.wrapping((collection, next) -> new Paced(next));
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
