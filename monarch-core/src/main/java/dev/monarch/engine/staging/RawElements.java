package dev.monarch.engine.staging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.bson.BsonType;
import org.bson.RawBsonDocument;

import dev.monarch.engine.server.RawBytes;

/**
 * Iterates over the top-level fields of a document.
 *
 * <p>Every document that is restored or copied is examined. So this class uses the lengths in the bytes (BSON 1.1,
 * bsonspec.org) and decodes nothing. If the bytes are not a document, {@link #next} ends early, or throws {@link
 * IndexOutOfBoundsException}.
 */
final class RawElements {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int OBJECT_ID = 12;

    private static final int DECIMAL = 16;

    private final byte[] bytes;

    private final int limit;

    private int begin;

    private int value;

    private int end;

    RawElements(RawBsonDocument document) {
        RawBytes all = RawBytes.of(document);
        bytes = all.array();
        end = all.offset() + Integer.BYTES;
        limit = all.end();
    }

    /** Moves to the next field. Returns false if there is none. */
    boolean next() {
        if (end >= limit || bytes[end] == 0) {
            return false;
        }
        int at = end;
        int valueAt = afterText(bytes, at + 1);
        int length = length(bytes[at], bytes, valueAt);
        if (length < 0) {
            return false;
        }
        begin = at;
        value = valueAt;
        end = valueAt + length;
        return true;
    }

    /** Tells whether all fields were passed. False if the bytes are not a document. */
    boolean isAtEnd() {
        return end == limit - 1 && bytes[end] == 0;
    }

    boolean is(BsonType type) {
        return bytes[begin] == type.getValue();
    }

    boolean isNamed(String ascii) {
        if (value - begin - 2 != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[begin + 1 + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the offset of the field, which starts with its type and its name} */
    int begin() {
        return begin;
    }

    /** {@return the offset of its value} */
    int value() {
        return value;
    }

    /** {@return the offset after its value} */
    int end() {
        return end;
    }

    private static int afterText(byte[] bytes, int begin) {
        int at = begin;
        while (bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    /** Returns the length of a value in bytes, or a negative number if it cannot be determined. */
    private static int length(byte type, byte[] bytes, int value) {
        BsonType known = BsonType.findByValue(type & 0xFF);
        return known == null
                ? -1
                : switch (known) {
                    case DOUBLE, DATE_TIME, TIMESTAMP, INT64 -> Long.BYTES;
                    case STRING, JAVASCRIPT, SYMBOL -> Integer.BYTES + (int) INT.get(bytes, value);
                    case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> (int) INT.get(bytes, value);
                    case BINARY -> Integer.BYTES + 1 + (int) INT.get(bytes, value);
                    case UNDEFINED, NULL, MIN_KEY, MAX_KEY, END_OF_DOCUMENT -> 0;
                    case OBJECT_ID -> OBJECT_ID;
                    case BOOLEAN -> 1;
                    case REGULAR_EXPRESSION -> afterText(bytes, afterText(bytes, value)) - value;
                    case DB_POINTER -> Integer.BYTES + (int) INT.get(bytes, value) + OBJECT_ID;
                    case INT32 -> Integer.BYTES;
                    case DECIMAL128 -> DECIMAL;
                };
    }
}
