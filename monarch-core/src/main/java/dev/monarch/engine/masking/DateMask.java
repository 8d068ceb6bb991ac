package dev.monarch.engine.masking;

import java.time.Duration;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Moves dates by a distance derived from their value, never by zero. Midnights move by whole days if the range allows
 * it.
 */
public record DateMask(KeyedDigest digest, long within) implements ValueMask {

    private static final long DAY = Duration.ofDays(1).toMillis();

    @Override
    public @Nullable BsonType mask(RawValue value, BatchRewriter output) {
        if (value.type() != BsonType.DATE_TIME) {
            return null;
        }
        long time = value.int64();
        long unit = time % DAY == 0 && within >= DAY ? DAY : 1;
        long farthest = within / unit;
        SeededRandom random = digest.random(value);
        long distance = random.between(1, farthest) * unit;
        boolean back = random.below(2) == 0;
        output.putInt64(moved(time, back ? -distance : distance));
        return BsonType.DATE_TIME;
    }

    /** Reverses the direction if the date would overflow. */
    private static long moved(long time, long distance) {
        long moved = time + distance;
        boolean overflown = (distance > 0) != (moved > time);
        return overflown ? time - distance : moved;
    }
}
