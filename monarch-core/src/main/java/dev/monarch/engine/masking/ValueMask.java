package dev.monarch.engine.masking;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** Masks single values: no documents, arrays, nulls or keys. Bound to a key; for one thread. */
public interface ValueMask {

    /**
     * Writes a replacement for a value.
     *
     * @return the type of the replacement; null, with nothing written, if this mask does not support the value
     */
    @Nullable
    BsonType mask(RawValue value, BatchRewriter output);

    /** {@return a mask that delegates to another one for values that this one does not support} */
    default ValueMask or(ValueMask other) {
        return (value, output) -> {
            BsonType written = mask(value, output);
            return written == null ? other.mask(value, output) : written;
        };
    }
}
