package dev.monarch.engine.masking;

import java.util.Arrays;

import org.bson.BsonBinarySubType;
import org.bson.BsonType;

/** A document or an array, gone through from element to element. */
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

    /** Stands before the first element of what begins somewhere and has to end before a limit. */
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

    /** Goes on to the next element; tells whether there is one. */
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

    boolean saysSomething() {
        return switch (type) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> false;
            default -> true;
        };
    }

    /** Tells whether it is an {@code _id} that names nobody: an ObjectId or a UUID. Anything else may be a name. */
    boolean isInnocentId() {
        return Arrays.equals(ID, 0, ID.length, bson.bytes(), nameStart(), nameEnd)
                && (type == BsonType.OBJECT_ID || type == BsonType.BINARY && isUuid());
    }

    private boolean isUuid() {
        byte subtype = bson.bytes()[valueStart() + Integer.BYTES];
        return bson.int32(valueStart()) == UUID_LENGTH && BsonBinarySubType.isUuid(subtype);
    }

    /** Goes into an element that is a document or an array. */
    ElementCursor inner() {
        return new ElementCursor(bson, valueStart(), valueEnd);
    }
}
