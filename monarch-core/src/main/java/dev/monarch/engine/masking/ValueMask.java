package dev.monarch.engine.masking;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** Masks single values: neither documents nor arrays, nor such as hold nothing. Bound to a key; for one thread. */
public interface ValueMask {

    /**
     * Writes another value in the place of one.
     *
     * @return the type of what was written, or null, with nothing written, if this is not made for such values
     */
    @Nullable
    BsonType mask(RawValue value, BatchRewriter output);

    /** Lets another mask do what this one is not made for. */
    default ValueMask or(ValueMask other) {
        return (value, output) -> {
            BsonType written = mask(value, output);
            return written == null ? other.mask(value, output) : written;
        };
    }
}
