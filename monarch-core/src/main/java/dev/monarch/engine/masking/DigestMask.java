package dev.monarch.engine.masking;

import java.util.HexFormat;

import org.bson.BsonType;

/** Masks whatever it is by the digits of its digest; but for the empty text, which says nothing. */
public record DigestMask(KeyedDigest digest) implements ValueMask {

    @Override
    public BsonType mask(RawValue value, BatchRewriter output) {
        output.putText(value.isEmptyText() ? "" : HexFormat.of().formatHex(digest.of(value)));
        return BsonType.STRING;
    }
}
