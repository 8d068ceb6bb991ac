package dev.monarch.engine.masking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Masks values with a user's function. */
public record FunctionMask(UnaryOperator<BsonValue> function) implements ValueMask {

    /** The bytes before the value: the length of the document, the type, and an empty name. */
    private static final int BEFORE_VALUE = Integer.BYTES + 2;

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    @Override
    public BsonType mask(RawValue value, BatchRewriter output) {
        BsonValue masked = function.apply(decoded(value));
        byte[] encoded = new RawBsonDocument(new BsonDocument("", masked), CODEC)
                .getByteBuffer()
                .array();
        output.put(encoded, BEFORE_VALUE, length(encoded) - BEFORE_VALUE - 1);
        return masked.getBsonType();
    }

    private static int length(byte[] document) {
        return ByteBuffer.wrap(document).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static BsonValue decoded(RawValue value) {
        value.requireValid();
        int length = BEFORE_VALUE + value.length() + 1;
        ByteBuffer document = ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .put((byte) value.type().getValue())
                .put((byte) 0)
                .put(value.source(), value.start(), value.length());
        return Objects.requireNonNull(
                new RawBsonDocument(document.array()).decode(CODEC).get(""));
    }
}
