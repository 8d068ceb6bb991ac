package dev.monarch.backup.retention;

import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

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
     * @param counts how many are kept of each kind; a kind with 0 is one that is not there
     * @param spans within which time those of each kind are kept
     * @param maximumBytes how many bytes they may have together
     * @param zone whose calendar it is
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
}
