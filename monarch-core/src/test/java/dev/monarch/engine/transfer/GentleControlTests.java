package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The control on a simulated server, whose latency grows with its load as in a queue (M/M/1), with noise. */
class GentleControlTests {

    private static final double MB = 1024 * 1024;

    private static final long ROUND = Duration.ofMillis(40).toNanos();

    private static final double CAPACITY = 200 * MB;

    private final Random random = new Random(20);

    private long now;

    private double transferred;

    private double application;

    private double reported;

    private int slowRounds;

    private boolean writes;

    private GentleControl control = new GentleControl(Calm.OF_TRANSFER, () -> now, () -> (long) transferred);

    private final class SimulatedServer implements ServerProbe {

        @Override
        public boolean writes() {
            return writes;
        }

        @Override
        public long measure() {
            double load = application + (control.isCalming() ? 0 : Math.min(control.rate(), CAPACITY));
            double free = slowRounds-- > 0 ? 0.02 : Math.max(0.02, 1 - load / CAPACITY);
            return (long) (1_000_000 / free * (0.9 + 0.2 * random.nextDouble()));
        }

        @Override
        public double reported() {
            return reported;
        }
    }

    /** Returns the rate after each round. In a slow one, nothing is transferred. */
    private List<Double> rates(Duration time) {
        List<Double> rates = new ArrayList<>();
        for (long end = now + time.toNanos(); now < end; now += ROUND) {
            control.round();
            if (!control.isCalming()) {
                transferred += slowRounds > 0 ? 0 : Math.min(control.rate(), CAPACITY - application) * ROUND / 1e9;
                rates.add(control.rate());
            }
        }
        return rates;
    }

    @Test
    void theRateSettlesWhereTheLatencyIsAllowedAndDoesNotOscillate() {
        application = 20 * MB;
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(10));

        List<Double> settled = rates(Duration.ofSeconds(60));

        // Three times the latency at 20 MB/s is that at 140 MB/s.
        assertThat(settled).allSatisfy(rate -> assertThat(rate).isBetween(80 * MB, 140 * MB));
        assertThat(Collections.max(settled) / Collections.min(settled)).isLessThan(1.6);
    }

    @Test
    void aServerThatIsWrittenToMayAlsoBeSlowerByTheJournal() {
        application = 20 * MB;
        writes = true;
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(10));

        // Three times the latency at 20 MB/s and 2 ms is the latency at 178 MB/s.
        assertThat(average(rates(Duration.ofSeconds(60)))).isBetween(120 * MB, 160 * MB);
    }

    @Test
    void aBackfillDoesNotCountTheJournal() {
        control = new GentleControl(Calm.OF_BACKFILL, () -> now, () -> (long) transferred);
        application = 20 * MB;
        writes = true;
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(10));

        // Twice the latency at 20 MB/s is that at 110 MB/s.
        assertThat(average(rates(Duration.ofSeconds(60)))).isBetween(60 * MB, 105 * MB);
    }

    private static double average(List<Double> rates) {
        return rates.stream().mapToDouble(rate -> rate).average().orElseThrow();
    }

    @Test
    void aServerThatIsMuchFasterThanItMustBeIsMeasuredLessOften() {
        control.observe(List.of(new SimulatedServer()));
        assertThat(control.untilNextRound()).as("in a pause").isLessThan(Duration.ofMillis(10));

        rounds(60);
        assertThat(control.isCalming()).isFalse();
        assertThat(control.untilNextRound()).isGreaterThan(Duration.ofMillis(50));

        application = 150 * MB;
        rounds(30);
        assertThat(control.untilNextRound()).isBetween(Duration.ofMillis(35), Duration.ofMillis(45));
    }

    /** Nothing is transferred, so the rate stays. */
    private void rounds(int count) {
        for (int i = 0; i < count; i++, now += ROUND) {
            control.round();
        }
    }

    @Test
    void itStartsFastIfNobodyIsThere() {
        control.observe(List.of(new SimulatedServer()));

        assertThat(rates(Duration.ofSeconds(2)))
                .last()
                .satisfies(rate -> assertThat(rate).isGreaterThan(60 * MB));
    }

    @Test
    void itBacksOffWithinASecondAndSpeedsUpAgain() {
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(9));

        application = 120 * MB;
        rates(Duration.ofSeconds(1));
        assertThat(control.rate()).isLessThan(60 * MB);

        application = 0;
        rates(Duration.ofSeconds(8));
        assertThat(control.rate()).isGreaterThan(70 * MB);
    }

    @Test
    void anApplicationThatBecameBusierIsMeasuredAnew() {
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(5));

        application = 140 * MB;
        rates(Duration.ofSeconds(1));
        double before = control.rate();
        rates(Duration.ofSeconds(9));

        assertThat(before).isLessThan(60 * MB);
        // Three times the latency at 140 MB/s is that at 180 MB/s. Without the new measurement, the rate would be the
        // lowest.
        assertThat(control.rate()).isBetween(15 * MB, 45 * MB);
    }

    @Test
    void aBackfillWaitsUntilTheServerIsCalmAgain() {
        control = new GentleControl(Calm.OF_BACKFILL, () -> now, () -> (long) transferred);
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(5));

        application = 140 * MB;
        rates(Duration.ofSeconds(5));
        assertThat(rates(Duration.ofMinutes(8)))
                .allSatisfy(rate -> assertThat(rate).isLessThan(2 * MB));

        application = 0;
        rates(Duration.ofSeconds(20));
        assertThat(control.rate()).isGreaterThan(30 * MB);
    }

    @Test
    void whatIsSlowForLongIsUsualInTheEnd() {
        control = new GentleControl(Calm.OF_BACKFILL, () -> now, () -> (long) transferred);
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofMinutes(15));

        application = 140 * MB;
        rates(Duration.ofMinutes(15));

        assertThat(control.rate()).isBetween(15 * MB, 45 * MB);
    }

    @Test
    void aServerThatAnswersSlowlyIsUnderstoodAfterFewAnswers() {
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(5));
        double before = control.rate();

        slowRounds = 30;
        rates(Duration.ofMillis(500));

        assertThat(control.rate()).isLessThan(0.35 * before);
    }

    @Test
    void whatTheServerReportsCountsLikeItsLatency() {
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(5));
        double before = control.rate();

        reported = 2;
        rates(Duration.ofSeconds(3));

        assertThat(control.rate()).isLessThan(before / 4);
    }

    @Test
    void nothingMovesBeforeTheCalmLatencyIsKnown() {
        control.observe(List.of(new SimulatedServer()));

        assertThat(control.isCalming()).isTrue();
        rates(Duration.ofMillis(300));
        assertThat(control.isCalming()).isFalse();
    }

    @Test
    void theFirstOperationIsNotCalm() {
        slowRounds = 1;
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(5));
        double before = control.rate();

        application = 180 * MB;
        rates(Duration.ofSeconds(1));

        assertThat(control.rate()).isLessThan(before / 2);
    }

    @Test
    void aFloorIsKept() {
        application = 150 * MB;
        control.keepAbove(30 * MB);
        control.observe(List.of(new SimulatedServer()));

        assertThat(rates(Duration.ofSeconds(5)))
                .allSatisfy(rate -> assertThat(rate).isGreaterThanOrEqualTo(30 * MB));
    }

    @Test
    void anUnusedRateDoesNotGrow() {
        GentleRate rate = new GentleRate();
        double first = rate.rate();

        rate.next(0.1, first / 2);
        assertThat(rate.rate()).isEqualTo(first);
        rate.next(0.1, first);
        assertThat(rate.rate()).isEqualTo(2 * first);
    }

    @Test
    void oneSlowMomentCostsLittle() {
        application = 20 * MB;
        control.observe(List.of(new SimulatedServer()));
        rates(Duration.ofSeconds(10));
        double before = control.rate();

        slowRounds = 3;
        List<Double> afterwards = rates(Duration.ofSeconds(3));

        assertThat(Collections.min(afterwards)).isBetween(0.4 * before, 0.8 * before);
        assertThat(control.rate()).isGreaterThan(0.8 * before);
    }
}
