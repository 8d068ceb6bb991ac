package dev.monarch.spring.boot.autoconfigure;

import java.time.ZoneId;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.CalendarSpan;
import dev.monarch.backup.retention.Retention.RetentionInterval;

/**
 * Which backups of an environment are kept. A backup is kept if at least one rule keeps it.
 *
 * @param keepLast Number of newest backups to keep.
 * @param hourly Number of hours of which to keep the newest backup.
 * @param daily Number of days of which to keep the newest backup.
 * @param weekly Number of weeks of which to keep the newest backup.
 * @param monthly Number of months of which to keep the newest backup.
 * @param yearly Number of years of which to keep the newest backup.
 * @param within Keep all that are at most this much older than the newest: 7d, 1y6m.
 * @param withinHourly Keep the newest of each hour within this time before the newest.
 * @param withinDaily Keep the newest of each day within this time before the newest.
 * @param withinWeekly Keep the newest of each week within this time before the newest.
 * @param withinMonthly Keep the newest of each month within this time before the newest.
 * @param withinYearly Keep the newest of each year within this time before the newest.
 * @param maximumSize Maximum size of all backups together. The oldest ones are removed first.
 * @param zone Time zone that determines days, weeks and months.
 */
@ConfigurationPropertiesSource
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

    /** Converts the properties into a retention, or says which property is wrong. */
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
                    property, "nothing", "It would keep no backup: set what to keep, for example daily: 7.");
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
            throw new InvalidConfigurationPropertyValueException(property, maximumSize, "It must be more than 0.");
        }
        return retention.atMost(maximumSize.toBytes());
    }
}
