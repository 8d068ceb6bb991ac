package dev.monarch.backup.retention;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;

/**
 * Rules for which backups of an environment to keep. A backup is kept if at least one rule keeps it. Immutable.
 *
 * <p>The rules follow the semantics of {@code restic forget}. A count keeps the newest backup of that many hours,
 * days, weeks, months or years. Periods without a backup do not count. If the count is not reached, the oldest backup
 * is kept as well. A span is measured back from the newest backup, not from the current time, so backups are not
 * removed only because time passes. The newest backup is always kept.
 *
 * @param counts how many backups to keep per interval
 * @param spans how long before the newest backup to keep backups, per interval
 * @param maximumBytes the maximum stored size in bytes of all backups of the environment together, where the oldest
 *     are removed first; null for no limit
 * @param zone the time zone for days, weeks, months and years
 */
public record Retention(
        Map<RetentionInterval, Integer> counts,
        Map<RetentionInterval, CalendarSpan> spans,
        @Nullable Long maximumBytes,
        ZoneId zone) {

    /** Has no rules, in UTC. Add a rule before use: without one, it would keep nothing. */
    public static final Retention NONE = new Retention(Map.of(), Map.of(), null, ZoneId.of("UTC"));

    /**
     * Creates a retention.
     *
     * @throws IllegalArgumentException if a count is negative, or the number of bytes is not positive
     */
    public Retention {
        counts.forEach((interval, count) -> Checks.atLeast(interval.word(), count, 0));
        if (maximumBytes != null && maximumBytes <= 0) {
            throw new IllegalArgumentException("the maximum size must be positive, but is " + maximumBytes);
        }
        Map<RetentionInterval, Integer> positive = ordered(counts);
        positive.values().removeIf(count -> count == 0);
        counts = Collections.unmodifiableMap(positive);
        spans = Collections.unmodifiableMap(ordered(spans));
    }

    private static <T> Map<RetentionInterval, T> ordered(Map<RetentionInterval, T> map) {
        Map<RetentionInterval, T> ordered = new EnumMap<>(RetentionInterval.class);
        ordered.putAll(map);
        return ordered;
    }

    /**
     * Keeps the newest backup of each of the latest hours, days or other intervals that have a backup.
     *
     * @param interval the interval
     * @param count the number of intervals; 0 for none
     * @return the changed retention
     */
    public Retention keep(RetentionInterval interval, int count) {
        Map<RetentionInterval, Integer> changed = ordered(counts);
        changed.put(interval, count);
        return new Retention(changed, spans, maximumBytes, zone);
    }

    /**
     * Keeps every backup within a span before the newest backup.
     *
     * @param span the span
     * @return the changed retention
     */
    public Retention within(CalendarSpan span) {
        return within(RetentionInterval.LAST, span);
    }

    /**
     * Keeps the newest backup of each hour, day or other interval within a span before the newest backup.
     *
     * @param interval the interval
     * @param span the span
     * @return the changed retention
     */
    public Retention within(RetentionInterval interval, CalendarSpan span) {
        Map<RetentionInterval, CalendarSpan> changed = ordered(spans);
        changed.put(interval, span);
        return new Retention(counts, changed, maximumBytes, zone);
    }

    /**
     * Limits the total size; the oldest backups are removed first. Without other rules, all backups within the limit
     * are kept.
     *
     * @param bytes the maximum stored size of all backups together, in bytes; at least 1
     * @return the changed retention
     */
    public Retention atMost(long bytes) {
        return new Retention(counts, spans, bytes, zone);
    }

    /**
     * Sets the time zone for days, weeks, months and years.
     *
     * @param newZone the zone
     * @return the changed retention
     */
    public Retention in(ZoneId newZone) {
        return new Retention(counts, spans, maximumBytes, newZone);
    }

    /**
     * Tells whether there are no rules.
     *
     * @return true if it would keep only the newest backups
     */
    public boolean isEmpty() {
        return !hasRules() && maximumBytes == null;
    }

    boolean hasRules() {
        return !counts.isEmpty() || !spans.isEmpty();
    }

    boolean allows(long bytes) {
        return maximumBytes == null || bytes <= Objects.requireNonNull(maximumBytes);
    }

    /**
     * A calendar period, written like {@code 1y5m7d2h}: years, months, days and hours.
     *
     * <p>A day is a calendar day of any length; an hour is 60 minutes. The notation is that of restic's {@code
     * --keep-within}.
     *
     * @param years how many years, at least 0
     * @param months how many months, at least 0
     * @param days how many days, at least 0
     * @param hours how many hours, at least 0
     */
    public record CalendarSpan(int years, int months, int days, int hours) {

        private static final Pattern TEXT =
                Pattern.compile("(?:(\\d{1,4})y)?(?:(\\d{1,5})m)?(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?");

        /**
         * Creates a span.
         *
         * @throws IllegalArgumentException if one of them is negative, or all are 0
         */
        public CalendarSpan {
            if (Math.min(Math.min(years, months), Math.min(days, hours)) < 0
                    || Math.max(Math.max(years, months), Math.max(days, hours)) == 0) {
                throw new IllegalArgumentException("a span must be longer than zero, but is " + years + "y" + months
                        + "m" + days + "d" + hours + "h");
            }
        }

        /**
         * Parses a span.
         *
         * @param text years, months, days and hours in this order, each of which may be omitted: {@code 7d}, {@code
         *     1y6m}
         * @return the span
         * @throws IllegalArgumentException if the text is not a span
         */
        public static CalendarSpan of(String text) {
            Matcher matcher = TEXT.matcher(text.strip());
            if (text.isBlank() || !matcher.matches()) {
                throw new IllegalArgumentException(
                        "a span must have the form 1y5m7d2h (years, months, days, hours), but is '" + text + "'");
            }
            return new CalendarSpan(number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4));
        }

        private static int number(Matcher matcher, int group) {
            String digits = matcher.group(group);
            return digits == null ? 0 : Integer.parseInt(digits);
        }

        /** {@return the time this span before another time} */
        Instant before(Instant end, ZoneId zone) {
            return end.atZone(zone)
                    .minusMonths(12L * years + months)
                    .minusDays(days)
                    .minusHours(hours)
                    .toInstant();
        }

        /** {@return the text that {@link #of(String)} parses} */
        @Override
        public String toString() {
            return part(years, "y") + part(months, "m") + part(days, "d") + part(hours, "h");
        }

        private static String part(int number, String unit) {
            return number == 0 ? "" : number + unit;
        }
    }

    /**
     * How often a backup is kept. Each interval divides time into periods, and the newest backup of each period is
     * kept.
     */
    public enum RetentionInterval {

        /** Every backup counts. */
        LAST,

        /**
         * The newest backup of each clock hour. An hour that repeats at the end of daylight saving time counts as
         * one.
         */
        HOURLY,

        /** The newest backup of each day. */
        DAILY,

        /** The newest backup of each ISO 8601 week, which begins on Monday. */
        WEEKLY,

        /** The newest backup of each month. */
        MONTHLY,

        /** The newest backup of each year. */
        YEARLY;

        /**
         * Returns a number that is equal for two successive backups in the same period.
         *
         * @param at when the backup started, in the time zone of the retention
         * @param place its index in the list
         */
        long period(ZonedDateTime at, int place) {
            return switch (this) {
                case LAST -> place;
                case HOURLY -> at.toLocalDate().toEpochDay() * 24 + at.getHour();
                case DAILY -> at.toLocalDate().toEpochDay();
                case WEEKLY -> at.get(IsoFields.WEEK_BASED_YEAR) * 100L + at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                case MONTHLY -> at.getYear() * 100L + at.getMonthValue();
                case YEARLY -> at.getYear();
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
