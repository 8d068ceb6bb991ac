package dev.monarch.engine.archive;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import dev.monarch.engine.transfer.TransferPace;

/**
 * Leaves the processors to others between the steps of a long computation.
 *
 * <p>At a gentle pace, a thread pauses after each step for seven times as long as it waited for a processor in it: others
 * wait as well then. On a machine with nothing else to do, it never pauses, and neither does it if a snapshot would
 * expire. Linux ignores the priority that Java gives to a thread. Thread-safe.
 */
final class ProcessorYield {

    private static final int FACTOR = 7;

    /** A step may have lasted for hours because the machine was suspended. */
    private static final long LONGEST = Duration.ofMillis(50).toNanos();

    private final TransferPace pace;

    private final LongAdder paused = new LongAdder();

    ProcessorYield(TransferPace pace) {
        this.pace = pace;
    }

    boolean isGentle() {
        return pace.current().isGentle();
    }

    /** {@return how long all threads have paused, in nanoseconds} */
    long paused() {
        return paused.sum();
    }

    /** Begins a step of the current thread, which must not wait for anything but a processor. */
    Step begin() {
        return pace.isConsiderate() && Measured.IS_POSSIBLE ? new Measured() : () -> {};
    }

    /** A step. */
    @FunctionalInterface
    interface Step {

        /** Ends the step, and pauses if it was slow. */
        void end();
    }

    private final class Measured implements Step {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private static final boolean IS_POSSIBLE = THREADS.isCurrentThreadCpuTimeSupported();

        private final long begun = System.nanoTime();

        private final long worked = THREADS.getCurrentThreadCpuTime();

        /** A processor time is negative if the application has turned its measurement off. */
        @Override
        public void end() {
            long ended = System.nanoTime();
            long workedNow = THREADS.getCurrentThreadCpuTime();
            long waited = worked < 0 || workedNow < 0 ? 0 : ended - begun - (workedNow - worked);
            if (waited > 0) {
                LockSupport.parkNanos(Math.min(FACTOR * waited, LONGEST));
                paused.add(System.nanoTime() - ended);
            }
        }
    }
}
