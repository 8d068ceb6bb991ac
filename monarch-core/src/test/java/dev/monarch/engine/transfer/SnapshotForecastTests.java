package dev.monarch.engine.transfer;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When a read that the server would cut off is given up, on a clock of the test. */
class SnapshotForecastTests {

    private static final long MB = 1024 * 1024;

    /** The read of the other collections ends after so many seconds, and then this one has their rate. */
    private static final int OTHERS_END = 100;

    private long now;

    private long read;

    /** Reads a collection and returns the second in which it is given up, or -1. */
    private long givenUp(long age, long bytes, long perSecond, long othersPerSecond) {
        now = 0;
        SnapshotWindow window = new SnapshotWindow(Duration.ofSeconds(300), 0);
        now = seconds(age);
        SnapshotForecast forecast = new SnapshotForecast(window, () -> now, () -> read);
        long own = 0;
        for (long second = 1; own < bytes; second++) {
            now += seconds(1);
            own += second > OTHERS_END ? perSecond + othersPerSecond : perSecond;
            read += perSecond + othersPerSecond;
            if (forecast.isTooLate(bytes - own)) {
                return second;
            }
        }
        return -1;
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @ParameterizedTest
    @CsvSource({
        "20_000, 50, 0, 60, a fifth of the time is enough to see it",
        "16_500, 50, 0, 181, less certain at the beginning",
        "15_000, 50, 0, -1, just in time",
        "1_000, 50, 0, -1, small",
        "9_000, 20, 180, -1, it will have the rate of the others for itself",
        "20_000, 10, 40, 60, the rate of all is too low",
    })
    void aReadIsGivenUpWhenItCannotEndInTime(
            String megabytes, long perSecond, long othersPerSecond, long expected, String why) {
        long bytes = Long.parseLong(megabytes.replace("_", "")) * MB;
        assertThat(givenUp(0, bytes, perSecond * MB, othersPerSecond * MB))
                .as(why)
                .isEqualTo(expected);
    }

    @Test
    void aReadThatBeganLateHasLessTime() {
        assertThat(givenUp(200, 4_000 * MB, 50 * MB, 0)).isEqualTo(-1);
        assertThat(givenUp(200, 8_000 * MB, 50 * MB, 0)).isEqualTo(60);
    }

    @Test
    void aNewSnapshotIsTriedIfItWouldBeKeptForLongEnough() {
        SnapshotForecast forecast =
                new SnapshotForecast(new SnapshotWindow(Duration.ofSeconds(300), 0), () -> now, () -> read);
        now = seconds(60);
        read = 3_000 * MB;
        assertThat(forecast.fitsNewSnapshot(14_000 * MB)).isTrue();
        assertThat(forecast.fitsNewSnapshot(16_000 * MB)).isFalse();
    }

    @Test
    void aReadOfUnknownLengthIsNotGivenUp() {
        SnapshotForecast forecast =
                new SnapshotForecast(new SnapshotWindow(Duration.ofSeconds(300), 0), () -> now, () -> read);
        now = seconds(1_000);
        assertThat(forecast.isTooLate(-1)).isFalse();
        assertThat(forecast.isTooLate(1)).isTrue();
    }
}
