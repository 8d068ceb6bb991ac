package dev.monarch.spring.boot.autoconfigure;

import java.time.ZoneId;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.CalendarSpan;
import dev.monarch.backup.retention.Retention.RetentionInterval;

/**
 * Which backups of an environment are kept; one rule that keeps a backup suffices.
 *
 * @param keepLast How many of the newest.
 * @param hourly Of how many hours the newest backup.
 * @param daily Of how many days the newest backup.
 * @param weekly Of how many weeks the newest backup.
 * @param monthly Of how many months the newest backup.
 * @param yearly Of how many years the newest backup.
 * @param within All that are not older than this before the newest: 7d, 1y6m.
 * @param withinHourly The newest of each hour within this before the newest.
 * @param withinDaily The newest of each day within this before the newest.
 * @param withinWeekly The newest of each week within this before the newest.
 * @param withinMonthly The newest of each month within this before the newest.
 * @param withinYearly The newest of each year within this before the newest.
 * @param maximumSize How much all of them may take together, the oldest being removed first.
 * @param zone Whose calendar says what a day is.
 */
public record RetentionProperties(
        @DefaultValue("0") int keepLast,
        @DefaultValue("0") int hourly,
        @DefaultValue("0") int daily,
        @DefaultValue("0") int weekly,
        @DefaultValue("0") int monthly,
        @DefaultValue("0") int yearly,
        @Nullable CalendarSpan within,
        @Nullable CalendarSpan withinHourly,
        @Nullable CalendarSpan withinDaily,
        @Nullable CalendarSpan withinWeekly,
        @Nullable CalendarSpan withinMonthly,
        @Nullable CalendarSpan withinYearly,
        @Nullable DataSize maximumSize,
        @DefaultValue("UTC") ZoneId zone) {

    /** Makes a retention of it, or says which property is wrong. */
    Retention toRetention(String property) {
        Retention retention = Retention.NONE.in(zone);
        retention = keep(retention, RetentionInterval.LAST, keepLast, property + ".keep-last");
        retention = keep(retention, RetentionInterval.HOURLY, hourly, property + ".hourly");
        retention = keep(retention, RetentionInterval.DAILY, daily, property + ".daily");
        retention = keep(retention, RetentionInterval.WEEKLY, weekly, property + ".weekly");
        retention = keep(retention, RetentionInterval.MONTHLY, monthly, property + ".monthly");
        retention = keep(retention, RetentionInterval.YEARLY, yearly, property + ".yearly");
        retention = within(retention, RetentionInterval.LAST, within);
        retention = within(retention, RetentionInterval.HOURLY, withinHourly);
        retention = within(retention, RetentionInterval.DAILY, withinDaily);
        retention = within(retention, RetentionInterval.WEEKLY, withinWeekly);
        retention = within(retention, RetentionInterval.MONTHLY, withinMonthly);
        retention = within(retention, RetentionInterval.YEARLY, withinYearly);
        retention = atMost(retention, property + ".maximum-size");
        if (retention.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    property, "nothing", "It would keep no backup: say what to keep, for example daily: 7.");
        }
        return retention;
    }

    private static Retention keep(Retention retention, RetentionInterval interval, int count, String property) {
        if (count < 0) {
            throw new InvalidConfigurationPropertyValueException(property, count, "It must be at least 0.");
        }
        return retention.keep(interval, count);
    }

    private static Retention within(Retention retention, RetentionInterval interval, @Nullable CalendarSpan span) {
        return span == null ? retention : retention.within(interval, span);
    }

    private Retention atMost(Retention retention, String property) {
        if (maximumSize == null) {
            return retention;
        }
        if (maximumSize.toBytes() <= 0) {
            throw new InvalidConfigurationPropertyValueException(
                    property, maximumSize, "It must be more than nothing.");
        }
        return retention.atMost(maximumSize.toBytes());
    }
}
