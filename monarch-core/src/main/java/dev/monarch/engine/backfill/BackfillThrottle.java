package dev.monarch.engine.backfill;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.engine.transfer.ReplicationLag;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Pace;

/**
 * Leaves room for the application: by a share of time, by documents a second, and by what the servers say about their
 * load.
 *
 * <p>The pace of transfers measures the servers in bytes. The change of a document costs a server more than its bytes, so it
 * counts as at least {@value #LEAST_BYTES} of them.
 */
final class BackfillThrottle implements AutoCloseable {

    private static final int LEAST_BYTES = 2048;

    /** At the lowest pace, this takes a quarter of a second. */
    private static final int SLICE = 256 * 1024;

    private final TransferPace pace;

    private final TransferPace.Observation observation;

    private final ReplicationLag lag;

    private final boolean backOff;

    private final StopSignal stop;

    BackfillThrottle(MonarchEnvironment environment, boolean backOff, StopSignal stop) {
        this.backOff = backOff;
        this.pace = TransferPace.ofBackfill(backOff ? Pace.GENTLE : Pace.FULL);
        this.observation = pace.observe(environment, true);
        this.lag = new ReplicationLag(environment);
        this.stop = stop;
    }

    void start() {
        observation.start();
    }

    /** Waits until a batch may begin, and returns what must be closed after it. */
    TransferPace.Slot begin() {
        TransferPace.Slot slot = pace.slot();
        slot.take();
        return slot;
    }

    /**
     * Waits after a batch.
     *
     * @param elapsed how long it took, in nanoseconds
     * @param changed the number of documents that it changed
     * @param bytes their length
     * @param rate the current rate
     * @param goesOn tells at least every second whether to go on waiting
     */
    void after(long elapsed, long changed, long bytes, Rate rate, BooleanSupplier goesOn) {
        long ends = System.nanoTime() + Math.max(ofShare(elapsed, rate), ofRate(elapsed, changed, rate));
        while (System.nanoTime() < ends && goesOn.getAsBoolean()) {
            stop.await(StopSignal.slice(ends - System.nanoTime()));
        }
        if (backOff) {
            long left = Math.max(bytes, changed * LEAST_BYTES);
            while (left > 0 && goesOn.getAsBoolean()) {
                pace.passWrite((int) Math.min(left, SLICE));
                left -= SLICE;
            }
            while (lag.isTooLong() && goesOn.getAsBoolean()) {
                stop.await(StopSignal.slice(Long.MAX_VALUE));
            }
        }
    }

    private static long ofShare(long elapsed, Rate rate) {
        Double share = rate.dutyCycle();
        return share == null ? 0 : (long) (elapsed / share) - elapsed;
    }

    private static long ofRate(long elapsed, long changed, Rate rate) {
        Long perSecond = rate.documentsPerSecond();
        return perSecond == null ? 0 : changed * TimeUnit.SECONDS.toNanos(1) / perSecond - elapsed;
    }

    @Override
    public void close() {
        observation.close();
    }
}
