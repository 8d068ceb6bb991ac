package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.scheduling.support.CronExpression;

import static org.assertj.core.api.Assertions.assertThat;

class CronTimesTests {

    @ParameterizedTest
    @CsvSource({
        "0 0 2 * * *,     UTC,           2026-11-21T01:59:59Z, 2026-11-20T02:00:00Z",
        "0 0 2 * * *,     UTC,           2026-11-21T02:00:00Z, 2026-11-21T02:00:00Z",
        "0 0 2 * * *,     UTC,           2026-11-21T02:00:01Z, 2026-11-21T02:00:00Z",
        "0 0 2 * * *,     Europe/Berlin, 2026-11-21T01:00:00Z, 2026-11-21T01:00:00Z",
        "* * * * * *,     UTC,           2026-11-21T01:00:00.7Z, 2026-11-21T01:00:00Z",
        "0 0 0 1 1 *,     UTC,           2026-11-21T01:00:00Z, 2026-01-01T00:00:00Z",
        "0 0 0 29 2 *,    UTC,           2026-11-21T01:00:00Z, 2024-02-29T00:00:00Z",
        "0 0 0 ? * SUN#2, UTC,           2026-11-21T01:00:00Z, 2026-11-08T00:00:00Z",
    })
    void theLatestTimeIsTheLastOneNotAfterNow(String cron, String zone, Instant now, Instant latest) {
        assertThat(times(cron, zone).latest(now)).isEqualTo(latest);
    }

    @Test
    void anImpossibleExpressionHasNoTimes() {
        CronTimes never = times("0 0 0 31 2 *", "UTC");
        assertThat(never.latest(Instant.parse("2026-11-21T01:00:00Z"))).isNull();
        assertThat(never.next(Instant.parse("2026-11-21T01:00:00Z"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 30 2 * * *", "0 */20 * * * *", "13 5 4-9/2 * * MON-FRI", "0 0 3 L * *", "* * 2 1 * *"})
    void theLatestTimeIsTheNextOneAfterAnyTimeShortlyBefore(String cron) {
        Random random = new Random(4711);
        for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York")) {
            CronTimes times = times(cron, zone);
            for (int i = 0; i < 100; i++) {
                Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(366 * 24 * 3600));
                Instant latest = Objects.requireNonNull(times.latest(now));
                assertThat(latest).isBeforeOrEqualTo(now);
                assertThat(times.next(latest)).isAfter(now);
                assertThat(times.next(latest.minusMillis(1))).isEqualTo(latest);
            }
        }
    }

    @Test
    void aSkippedTimeIsOmittedAndARepeatedTimeIsDueTwice() {
        CronTimes nightly = times("0 30 2 * * *", "Europe/Berlin");
        assertThat(seen(nightly, "2026-03-28T12:00:00Z")).isEmpty();
        assertThat(seen(nightly, "2026-10-24T12:00:00Z")).hasSize(2);
    }

    /** The due times of a day, queried every five minutes. */
    private static List<Instant> seen(CronTimes nightly, String day) {
        Instant start = Instant.parse(day);
        List<Instant> seen = new ArrayList<>();
        for (Instant at = start; at.isBefore(start.plus(Duration.ofDays(1))); at = at.plusSeconds(300)) {
            Instant latest = Objects.requireNonNull(nightly.latest(at));
            if (latest.isAfter(start) && !seen.contains(latest)) {
                seen.add(latest);
            }
        }
        return seen;
    }

    private static CronTimes times(String cron, String zone) {
        return new CronTimes(CronExpression.parse(cron), ZoneId.of(zone));
    }
}
