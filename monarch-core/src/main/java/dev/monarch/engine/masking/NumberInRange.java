package dev.monarch.engine.masking;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Replaces numbers by whole numbers in a range, of the same type. Equal numbers of different types have equal
 * replacements.
 */
public record NumberInRange(KeyedDigest digest, long least, long greatest) implements ValueMask {

    @Override
    public @Nullable BsonType mask(RawValue value, BatchRewriter output) {
        return value.isNumber() ? output.putWhole(digest.random(value).between(least, greatest), value.type()) : null;
    }
}
