package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

import dev.monarch.backup.schedule.BackupSchedule.ScheduleTimes;

/** The times of a cron expression in a time zone. */
final class CronTimes implements ScheduleTimes {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Long enough for 29 February, including the century in which two of them are eight years apart. */
    private static final Duration MAX_SEARCH = Duration.ofDays(9 * 366);

    private final CronExpression cron;

    private final ZoneId zone;

    CronTimes(CronExpression cron, ZoneId zone) {
        this.cron = cron;
        this.zone = zone;
    }

    @Override
    public @Nullable Instant next(Instant now) {
        ZonedDateTime next = cron.next(now.atZone(zone));
        return next != null ? next.toInstant() : null;
    }

    /**
     * Spring only searches forward. So this goes back until it finds a time, and then bisects to find the last one.
     */
    @Override
    public @Nullable Instant latest(Instant now) {
        for (Duration back = Duration.ofMinutes(1); back.compareTo(MAX_SEARCH) <= 0; back = back.multipliedBy(2)) {
            if (hasOneBetween(now.minus(back), now)) {
                return last(now.minus(back), now);
            }
        }
        return null;
    }

    private boolean hasOneBetween(Instant from, Instant to) {
        Instant next = next(from);
        return next != null && !next.isAfter(to);
    }

    private @Nullable Instant last(Instant from, Instant to) {
        Instant before = from;
        Instant after = to;
        while (Duration.between(before, after).compareTo(SECOND) > 0) {
            Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
            if (hasOneBetween(middle, to)) {
                before = middle;
            } else {
                after = middle;
            }
        }
        return next(before);
    }
}
