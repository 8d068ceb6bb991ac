package dev.monarch.engine.masking;

import java.util.HexFormat;

import org.bson.BsonType;

/** Replaces a value of any type by its digest in hexadecimal digits. Empty strings stay empty. */
public record DigestMask(KeyedDigest digest) implements ValueMask {

    @Override
    public BsonType mask(RawValue value, BatchRewriter output) {
        output.putText(value.isEmptyText() ? "" : HexFormat.of().formatHex(digest.of(value)));
        return BsonType.STRING;
    }
}
