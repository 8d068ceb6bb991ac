package dev.monarch.engine.masking;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** Masks numbers by whole ones between two others, of the same type, and alike whatever the type. */
public record NumberInRange(KeyedDigest digest, long least, long greatest) implements ValueMask {

    @Override
    public @Nullable BsonType mask(RawValue value, BatchRewriter output) {
        return value.isNumber() ? output.putWhole(digest.random(value).between(least, greatest), value.type()) : null;
    }
}
