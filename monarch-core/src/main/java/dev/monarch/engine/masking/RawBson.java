package dev.monarch.engine.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.bson.BsonType;

import dev.monarch.TransferFailedException;

/**
 * Finds the ends of documents, names and values in undecoded BSON, and checks that each lies within its enclosing
 * document.
 *
 * <p>Source of the format: <a href="https://bsonspec.org/spec.html">bsonspec.org, version 1.1</a>.
 */
final class RawBson {

    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The length and terminator of an empty document. */
    private static final int SHORTEST_DOCUMENT = 5;

    private static final int OBJECT_ID = 12;

    private final byte[] bytes;

    private final MaskingFailures failures;

    RawBson(byte[] bytes, MaskingFailures failures) {
        this.bytes = bytes;
        this.failures = failures;
    }

    byte[] bytes() {
        return bytes;
    }

    int int32(int at) {
        return (int) INT32.get(bytes, at);
    }

    BsonType type(int at) {
        BsonType type = BsonType.findByValue(bytes[at] & 0xff);
        if (type == null || type == BsonType.END_OF_DOCUMENT) {
            throw malformed();
        }
        return type;
    }

    /** {@return the index of the zero byte after a name} */
    int nameEnd(int start, int limit) {
        for (int at = start; at < limit; at++) {
            if (bytes[at] == 0) {
                return at;
            }
        }
        throw malformed();
    }

    /** {@return the index after a document or an array} */
    int documentEnd(int start, int limit) {
        int end = prefixed(start, limit, 0, SHORTEST_DOCUMENT);
        if (bytes[end - 1] != 0) {
            throw malformed();
        }
        return end;
    }

    /** {@return the index after a value} */
    int valueEnd(BsonType type, int start, int limit) {
        return switch (type) {
            case DOUBLE, DATE_TIME, TIMESTAMP, INT64 -> fixed(start, limit, Long.BYTES);
            case STRING, JAVASCRIPT, SYMBOL -> textEnd(start, limit);
            case DOCUMENT, ARRAY -> documentEnd(start, limit);
            case BINARY -> prefixed(start, limit, Integer.BYTES + 1, 0);
            case OBJECT_ID -> fixed(start, limit, OBJECT_ID);
            case BOOLEAN -> fixed(start, limit, 1);
            case REGULAR_EXPRESSION -> nameEnd(nameEnd(start, limit) + 1, limit) + 1;
            case DB_POINTER -> fixed(textEnd(start, limit), limit, OBJECT_ID);
            case JAVASCRIPT_WITH_SCOPE -> prefixed(start, limit, 0, Integer.BYTES);
            case INT32 -> fixed(start, limit, Integer.BYTES);
            case DECIMAL128 -> fixed(start, limit, 2 * Long.BYTES);
            case UNDEFINED, NULL, MIN_KEY, MAX_KEY -> start;
            case END_OF_DOCUMENT -> throw malformed();
        };
    }

    /**
     * Checks a whole document before it is decoded, because decoders allocate as much memory as a length field says.
     */
    void requireValid(int start, int limit, int depth) {
        if (depth > MaskedDocuments.MAX_DEPTH) {
            throw failures.tooDeep();
        }
        ElementCursor container = new ElementCursor(this, start, limit);
        while (container.next()) {
            requireValid(container.type(), container.valueStart(), container.valueEnd(), depth);
        }
    }

    /** Checks everything inside a value. */
    void requireValid(BsonType type, int start, int end, int depth) {
        switch (type) {
            case DOCUMENT, ARRAY -> requireValid(start, end, depth + 1);
            case JAVASCRIPT_WITH_SCOPE -> requireValid(textEnd(start + Integer.BYTES, end), end, depth + 1);
            default -> {
                // The caller has checked its length.
            }
        }
    }

    private int textEnd(int start, int limit) {
        int end = prefixed(start, limit, Integer.BYTES, 1);
        if (bytes[end - 1] != 0) {
            throw malformed();
        }
        return end;
    }

    /**
     * {@return the index after a value with a length prefix, which does not count the first {@code uncounted} bytes}
     */
    private int prefixed(int start, int limit, int uncounted, int shortest) {
        int length = int32(fixed(start, limit, Integer.BYTES) - Integer.BYTES);
        if (length < shortest || length > limit - start - uncounted) {
            throw malformed();
        }
        return start + uncounted + length;
    }

    private int fixed(int start, int limit, int length) {
        if (length > limit - start) {
            throw malformed();
        }
        return start + length;
    }

    TransferFailedException malformed() {
        return failures.malformed();
    }
}
