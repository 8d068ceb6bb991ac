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

/**
 * Which backups of an environment are kept; a backup stays if at least one rule keeps it. Immutable.
 *
 * <p>The rules mean what they mean to restic's {@code forget}. A count keeps the newest backup of as many hours, days, weeks,
 * months or years as it says; those without a backup do not count, and while some are left the oldest backup is kept as well.
 * A span is counted back from the newest backup, not from now: what nobody adds to is not removed by the mere passing of
 * time. The newest backup stays whatever the rules say.
 *
 * @param counts how many are kept of each kind
 * @param spans within which time before the newest backup those of each kind are kept
 * @param maximumBytes how many bytes, as they are stored, all backups of the environment may have together, the oldest being
 *     removed first; null for any number
 * @param zone whose calendar says what a day is
 */
public record Retention(
        Map<RetentionInterval, Integer> counts,
        Map<RetentionInterval, CalendarSpan> spans,
        @Nullable Long maximumBytes,
        ZoneId zone) {

    /** No rule yet, by the calendar of UTC. It cannot be used as it is: it would keep nothing. */
    public static final Retention NONE = new Retention(Map.of(), Map.of(), null, ZoneId.of("UTC"));

    /**
     * Creates a retention.
     *
     * @throws IllegalArgumentException if a count is negative, or the number of bytes is not positive
     */
    public Retention {
        counts.forEach((interval, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException(interval.word() + " must be at least 0, but is " + count);
            }
        });
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
     * Keeps the newest backup of each of the newest hours, days and so on that have one.
     *
     * @param interval of what
     * @param count of how many; 0 for none
     * @return the retention
     */
    public Retention keep(RetentionInterval interval, int count) {
        Map<RetentionInterval, Integer> changed = ordered(counts);
        changed.put(interval, count);
        return new Retention(changed, spans, maximumBytes, zone);
    }

    /**
     * Keeps every backup that is not older than a span before the newest one.
     *
     * @param span how long
     * @return the retention
     */
    public Retention within(CalendarSpan span) {
        return within(RetentionInterval.LAST, span);
    }

    /**
     * Keeps the newest backup of each hour, day and so on within a span before the newest one.
     *
     * @param interval of what
     * @param span how long
     * @return the retention
     */
    public Retention within(RetentionInterval interval, CalendarSpan span) {
        Map<RetentionInterval, CalendarSpan> changed = ordered(spans);
        changed.put(interval, span);
        return new Retention(counts, changed, maximumBytes, zone);
    }

    /**
     * Removes the oldest backups beyond a size. If nothing else is asked for, all that fits is kept.
     *
     * @param bytes how many bytes all may have together as they are stored, at least 1
     * @return the retention
     */
    public Retention atMost(long bytes) {
        return new Retention(counts, spans, bytes, zone);
    }

    /**
     * Says whose calendar tells days from one another.
     *
     * @param newZone the zone
     * @return the retention
     */
    public Retention in(ZoneId newZone) {
        return new Retention(counts, spans, maximumBytes, newZone);
    }

    /**
     * Tells whether there is no rule at all.
     *
     * @return true if it would keep nothing but what is always kept
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
     * A length of time on the calendar, written like {@code 1y5m7d2h}: years, months, days and hours.
     *
     * <p>A day is one of the calendar, whatever its length, and an hour is 60 minutes. The notation is that of restic's {@code
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
                throw new IllegalArgumentException("a span must be longer than nothing, but is " + years + "y" + months
                        + "m" + days + "d" + hours + "h");
            }
        }

        /**
         * Reads a span.
         *
         * @param text years, months, days and hours in this order, each of which may be left out: {@code 7d}, {@code 1y6m}
         * @return the span
         * @throws IllegalArgumentException if it is none
         */
        public static CalendarSpan of(String text) {
            Matcher matcher = TEXT.matcher(text.strip());
            if (text.isBlank() || !matcher.matches()) {
                throw new IllegalArgumentException(
                        "a span is written like 1y5m7d2h (years, months, days, hours; m are months)," + " and not '"
                                + text + "'");
            }
            return new CalendarSpan(number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4));
        }

        private static int number(Matcher matcher, int group) {
            String digits = matcher.group(group);
            return digits == null ? 0 : Integer.parseInt(digits);
        }

        /** Returns the time that lies this long before another. */
        Instant before(Instant end, ZoneId zone) {
            return end.atZone(zone)
                    .minusMonths(12L * years + months)
                    .minusDays(days)
                    .minusHours(hours)
                    .toInstant();
        }

        /** Returns what {@link #of(String)} reads. */
        @Override
        public String toString() {
            return part(years, "y") + part(months, "m") + part(days, "d") + part(hours, "h");
        }

        private static String part(int number, String unit) {
            return number == 0 ? "" : number + unit;
        }
    }

    /** How often one backup is kept: each of these divides the past into stretches, and of each stretch the newest counts. */
    public enum RetentionInterval {

        /** Every backup counts. */
        LAST,

        /** The newest of each hour of the clock; an hour that the clock shows twice in a night is one. */
        HOURLY,

        /** The newest of each day. */
        DAILY,

        /** The newest of each week, which begins with Monday; week 1 of a year has its first Thursday (ISO 8601). */
        WEEKLY,

        /** The newest of each month. */
        MONTHLY,

        /** The newest of each year. */
        YEARLY;

        /**
         * Returns a number that is the same for two backups behind one another if they are of the same stretch.
         *
         * @param at when the backup was begun, on the clock that counts
         * @param place its place in the list
         */
        long stretch(ZonedDateTime at, int place) {
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
