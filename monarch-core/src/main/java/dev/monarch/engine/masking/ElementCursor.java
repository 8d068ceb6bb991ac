package dev.monarch.engine.masking;

import java.util.Arrays;

import org.bson.BsonBinarySubType;
import org.bson.BsonType;

/** Iterates over the elements of a document or an array. */
final class ElementCursor {

    private static final byte[] ID = {'_', 'i', 'd'};

    private static final int UUID_LENGTH = 16;

    private final RawBson bson;

    private final int start;

    private final int end;

    private BsonType type = BsonType.NULL;

    private int typeAt;

    private int nameEnd;

    private int valueEnd;

    /**
     * Creates a cursor before the first element. The document or array begins at {@code start} and must end before
     * {@code limit}.
     */
    ElementCursor(RawBson bson, int start, int limit) {
        this.bson = bson;
        this.start = start;
        this.end = bson.documentEnd(start, limit);
        this.valueEnd = start + Integer.BYTES;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Moves to the next element. Returns false if there is none. */
    boolean next() {
        typeAt = valueEnd;
        if (typeAt == end - 1) {
            return false;
        }
        type = bson.type(typeAt);
        nameEnd = bson.nameEnd(nameStart(), end - 1);
        valueEnd = bson.valueEnd(type, valueStart(), end - 1);
        return true;
    }

    BsonType type() {
        return type;
    }

    int typeAt() {
        return typeAt;
    }

    int nameStart() {
        return typeAt + 1;
    }

    int nameEnd() {
        return nameEnd;
    }

    int valueStart() {
        return nameEnd + 1;
    }

    int valueEnd() {
        return valueEnd;
    }

    boolean holdsValue() {
        return switch (type) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> false;
            default -> true;
        };
    }

    /**
     * {@return whether the element is an {@code _id} with a generated value: an ObjectId or a UUID} Other values may
     * be personal data.
     */
    boolean isGeneratedId() {
        return Arrays.equals(ID, 0, ID.length, bson.bytes(), nameStart(), nameEnd)
                && (type == BsonType.OBJECT_ID || type == BsonType.BINARY && isUuid());
    }

    private boolean isUuid() {
        byte subtype = bson.bytes()[valueStart() + Integer.BYTES];
        return bson.int32(valueStart()) == UUID_LENGTH && BsonBinarySubType.isUuid(subtype);
    }

    /** {@return a cursor over the current element, which is a document or an array} */
    ElementCursor inner() {
        return new ElementCursor(bson, valueStart(), valueEnd);
    }
}
