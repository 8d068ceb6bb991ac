package dev.monarch.engine.masking;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** Replaces strings. Empty strings do not change. */
public record TextMask(KeyedDigest digest, Replacement replacement) implements ValueMask {

    /** Makes a replacement for a string. */
    @FunctionalInterface
    public interface Replacement {

        String of(String text, SeededRandom random);
    }

    @Override
    public @Nullable BsonType mask(RawValue value, BatchRewriter output) {
        if (!value.isText()) {
            return null;
        }
        output.putText(value.isEmptyText() ? "" : replacement.of(value.text(), digest.random(value)));
        return value.type();
    }
}
