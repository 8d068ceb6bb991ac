package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a transfer at the rate that {@link GentleControl} finds. A thread of its own measures the servers while at least
 * one is observed and the pace is gentle; meanwhile the rate is limited. Thread-safe.
 */
final class GentleThrottle {

    private static final Logger log = LoggerFactory.getLogger(GentleThrottle.class);

    /** One more thread may use a server for each of these bytes per second. */
    private static final double RATE_OF_A_THREAD = 96.0 * 1024 * 1024;

    private final Calm calm;

    private final RateLimit reading = RateLimit.of(null);

    private final RateLimit writing = RateLimit.of(null);

    private final List<ServerProbe> observed = new ArrayList<>();

    private @Nullable Thread measuring;

    private double floor;

    private long floorSince;

    private long passedBefore;

    private int inside;

    private boolean pausing;

    private int allowed = Integer.MAX_VALUE;

    private boolean enabled;

    GentleThrottle(Calm calm) {
        this.calm = calm;
    }

    /** Starts or ends the limit. Threads that wait continue at its end. */
    synchronized void enable(boolean gentle) {
        if (gentle == enabled) {
            return;
        }
        enabled = gentle;
        if (!gentle) {
            stop();
        } else if (!observed.isEmpty()) {
            start();
        }
    }

    synchronized void observe(ServerProbe probe) {
        observed.add(probe);
        if (enabled) {
            start();
        }
    }

    private synchronized void start() {
        pausing = true;
        if (measuring == null) {
            measuring = new Thread(this::measure, "monarch-pace");
            measuring.setDaemon(true);
            measuring.start();
        }
    }

    synchronized void end(ServerProbe probe) {
        observed.remove(probe);
        if (observed.isEmpty()) {
            stop();
        }
    }

    private synchronized void stop() {
        if (measuring != null) {
            measuring.interrupt();
            measuring = null;
            release();
        }
    }

    private synchronized void release() {
        reading.set(Double.POSITIVE_INFINITY);
        writing.set(Double.POSITIVE_INFINITY);
        allowed = Integer.MAX_VALUE;
        pausing = false;
        notifyAll();
    }

    synchronized void keepAbove(double bytesPerSecond) {
        if (bytesPerSecond > floor) {
            floor = bytesPerSecond;
            floorSince = System.nanoTime();
            passedBefore = reading.passed();
        }
    }

    /** {@return whether less was read than the rate that must be kept} */
    synchronized boolean isLate() {
        return (reading.passed() - passedBefore) * 1e9 < floor * (System.nanoTime() - floorSince);
    }

    /** The servers are measured without the monitor, because one may not answer for long. */
    private void measure() {
        GentleControl control =
                new GentleControl(calm, System::nanoTime, () -> Math.max(reading.passed(), writing.passed()));
        try {
            while (prepare(control)) {
                control.round();
                publish(control);
                Thread.sleep(control.untilNextRound().toMillis());
            }
        } catch (InterruptedException | MongoInterruptedException e) {
            log.debug("No server is observed any more", e);
        } catch (RuntimeException e) {
            log.warn("The pace is no longer adapted to the servers; the transfer continues", e);
            release();
        }
    }

    private synchronized boolean prepare(GentleControl control) {
        control.observe(observed);
        control.keepAbove(floor);
        return Thread.currentThread() == measuring;
    }

    private synchronized void publish(GentleControl control) {
        if (Thread.currentThread() == measuring) {
            reading.set(control.rate());
            writing.set(control.rate());
            allow(1 + (int) (control.rate() / RATE_OF_A_THREAD), control.isCalming() || !control.observes(observed));
        }
    }

    /** Wakes threads only if more of them may go on: they would take processor time from the application. */
    private void allow(int threads, boolean pause) {
        boolean more = threads > allowed || pausing && !pause;
        allowed = threads;
        pausing = pause;
        if (more) {
            notifyAll();
        }
    }

    /** Waits until a thread may use a server. */
    synchronized void enter(int workers) {
        try {
            while (pausing || inside >= Math.min(allowed, workers)) {
                wait();
            }
            inside++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("Interrupted by the pace", e);
        }
    }

    synchronized void exit() {
        inside--;
        // One place is free.
        notify();
    }

    long pass(int bytes) {
        return reading.pass(bytes);
    }

    long passWrite(int bytes) {
        return writing.pass(bytes);
    }
}
