package dev.monarch.backup.retention;

import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
     * @param years how many years
     * @param months how many months
     * @param days how many days
     * @param hours how many hours
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
                    "a span is written like 1y5m7d2h (years, months, days, hours; m are months)," + " and not '" + text
                            + "'");
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
