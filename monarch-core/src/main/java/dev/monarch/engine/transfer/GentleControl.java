package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures servers in rounds, and adjusts the rate of a transfer.
 *
 * <p>Before the transfer, every 20 seconds, and when reductions do not help ({@link Calm}), it pauses for a moment and
 * measures the latency without it, as BBR measures the shortest round trip (draft-cardwell-iccrg-bbr-congestion-control, "ProbeRTT"): an
 * application that is busier than before is not mistaken for the effect of the transfer. For one thread.
 */
final class GentleControl {

    private static final long INTERVAL = Duration.ofMillis(200).toNanos();

    private static final long CALM = Duration.ofMillis(200).toNanos();

    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(40);

    /** A pause is short, and needs enough measurements for a percentile. */
    private static final Duration BETWEEN_ROUNDS_OF_A_PAUSE = Duration.ofMillis(5);

    /** While the server is much faster than it must be, the measurements themselves are a load. */
    private static final Duration BETWEEN_ROUNDS_FAR_FROM_THE_BOUND = Duration.ofMillis(60);

    private static final double FAR = 0.5;

    /** A rate of seconds ago did not cause the latency of now. */
    private static final double FADE = 0.9;

    /** Until what was sent before a pause is done. */
    private static final long DRAIN = Duration.ofMillis(100).toNanos();

    private static final long BETWEEN_CALMS = Duration.ofSeconds(20).toNanos();

    private static final long REPORTS = Duration.ofSeconds(1).toNanos();

    private final Calm calm;

    private final LongSupplier nanoTime;

    private final GentleRate rate = new GentleRate();

    private final List<Observed> servers = new ArrayList<>();

    private final List<ServerProbe> unused = new ArrayList<>();

    private final LongSupplier transferred;

    private long calmUntil;

    private long calmSince;

    private long intervalSince;

    private long reportedAt;

    private long bytesBefore;

    private double reported;

    private double used;

    /** The highest of the latest rates, in bytes per second. A server that stands still for a moment also lowers the rate. */
    private double busiest;

    private int reductions;

    private boolean calming;

    private boolean far;

    /** A server with its latencies. */
    private record Observed(ServerProbe probe, LatencyWindow latencies) {}

    /**
     * Creates a control.
     *
     * @param calm how the calm latency is known
     * @param nanoTime the time in nanoseconds
     * @param transferred how many bytes were transferred so far
     */
    GentleControl(Calm calm, LongSupplier nanoTime, LongSupplier transferred) {
        this.calm = calm;
        this.nanoTime = nanoTime;
        this.transferred = transferred;
        this.reportedAt = nanoTime.getAsLong();
    }

    /** Measures these servers from now on. If one is new, the transfer pauses meanwhile. */
    void observe(Collection<ServerProbe> probes) {
        servers.removeIf(server -> !probes.contains(server.probe()));
        List<ServerProbe> added =
                probes.stream().filter(probe -> !observes(List.of(probe))).toList();
        if (!added.isEmpty()) {
            added.forEach(probe -> servers.add(new Observed(probe, new LatencyWindow(calm, probe.writes()))));
            unused.addAll(added);
            pause(0);
        }
    }

    /** {@return whether these servers are measured} */
    boolean observes(Collection<ServerProbe> probes) {
        return probes.stream().allMatch(probe -> servers.stream().anyMatch(server -> server.probe() == probe));
    }

    /** {@return whether the transfer must pause} */
    boolean isCalming() {
        return calming;
    }

    /** {@return after which time the servers are measured again} */
    Duration untilNextRound() {
        if (calming) {
            return BETWEEN_ROUNDS_OF_A_PAUSE;
        }
        return far ? BETWEEN_ROUNDS_FAR_FROM_THE_BOUND : BETWEEN_ROUNDS;
    }

    /** {@return the rate in bytes per second} */
    double rate() {
        return rate.rate();
    }

    /** Sets a rate that is never reduced further. */
    void keepAbove(double bytesPerSecond) {
        rate.keepAbove(bytesPerSecond);
    }

    private void pause(long drain) {
        calming = true;
        calmSince = nanoTime.getAsLong() + drain;
        calmUntil = calmSince + CALM;
        servers.forEach(server -> server.latencies().clear());
    }

    /** Measures each server once, and adjusts the rate if it is time. */
    void round() {
        if (!unused.isEmpty()) {
            useFirst();
            return;
        }
        for (Observed server : servers) {
            long latency = server.probe().measure();
            if (!calming || nanoTime.getAsLong() >= calmSince) {
                server.latencies().add(latency);
            }
        }
        long now = nanoTime.getAsLong();
        if (calming) {
            endPause(now);
        } else if (now - intervalSince >= INTERVAL) {
            endInterval(now);
        }
    }

    /** The first operation opens a connection and loads classes: its latency says nothing about the server. */
    private void useFirst() {
        unused.forEach(ServerProbe::measure);
        unused.clear();
        pause(0);
    }

    private void endPause(long now) {
        if (now >= calmUntil
                && servers.stream().allMatch(server -> server.latencies().hasSome())) {
            servers.forEach(server -> server.latencies().calm());
            servers.forEach(server -> server.latencies().clear());
            calming = false;
            begin(now);
        }
    }

    private void begin(long now) {
        intervalSince = now;
        bytesBefore = transferred.getAsLong();
    }

    private void endInterval(long now) {
        if (now - reportedAt >= REPORTS) {
            reportedAt = now;
            reported = servers.stream()
                    .mapToDouble(server -> server.probe().reported())
                    .max()
                    .orElse(0);
        }
        double pressure = servers.stream()
                .mapToDouble(server -> server.latencies().pressure())
                .max()
                .orElse(0);
        // An interval may be shorter than the time for one batch.
        used = (used + (transferred.getAsLong() - bytesBefore) * 1e9 / (now - intervalSince)) / 2;
        busiest = Math.max(used, busiest * FADE);
        adjust(Math.max(pressure, reported));
        begin(now);
        if (now - calmUntil >= BETWEEN_CALMS || reductions >= calm.doubtfulReductions()) {
            reductions = 0;
            pause(DRAIN);
        }
    }

    /** After a reduction, only what was measured since then counts: one slow moment does not reduce the rate twice. */
    private void adjust(double pressure) {
        boolean meaningful =
                servers.stream().allMatch(server -> server.latencies().isMeaningful());
        far = meaningful && pressure < FAR;
        if (!meaningful) {
            return;
        }
        if (rate.next(pressure, pressure > 1 ? busiest : used)) {
            reductions++;
            servers.forEach(server -> server.latencies().clear());
        } else {
            reductions = 0;
        }
    }
}
