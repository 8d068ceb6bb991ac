package dev.monarch.staging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.bson.BsonType;
import org.bson.RawBsonDocument;

/**
 * Finds documents with {@code Timestamp(0, 0)} in a field of the first level, which a server replaces by its own time when
 * they are inserted.
 *
 * <p>Every document that is restored or copied is looked at, so it goes by the lengths in the bytes (BSON 1.1,
 * bsonspec.org) and decodes nothing.
 */
final class ZeroTimestamps {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int OBJECT_ID = 12;

    private static final int DECIMAL = 16;

    private ZeroTimestamps() {}

    /** Tells whether there is one; of what is no document, that there is none, for the server refuses it anyway. */
    static boolean isIn(RawBsonDocument document) {
        byte[] bytes = document.getBackingArray();
        int end = document.getByteOffset() + document.getByteLength();
        try {
            return isIn(bytes, document.getByteOffset() + Integer.BYTES, end);
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static boolean isIn(byte[] bytes, int begin, int end) {
        int at = begin;
        while (at < end && bytes[at] != 0) {
            byte type = bytes[at];
            int value = afterText(bytes, at + 1);
            if (type == BsonType.TIMESTAMP.getValue() && (long) LONG.get(bytes, value) == 0) {
                return true;
            }
            int length = length(type, bytes, value);
            if (length < 0) {
                return false;
            }
            at = value + length;
        }
        return false;
    }

    private static int afterText(byte[] bytes, int begin) {
        int at = begin;
        while (bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    /** Returns how many bytes a value has; fewer than none if that cannot be told. */
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
