package dev.monarch.backup.retention;

import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;

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
