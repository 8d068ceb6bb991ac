package dev.monarch.engine.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.bson.BsonType;

import dev.monarch.TransferFailedException;

/**
 * The layout of undecoded BSON: where its documents, names and values end, each within what encloses it.
 *
 * <p>Source of the format: <a href="https://bsonspec.org/spec.html">bsonspec.org, version 1.1</a>.
 */
final class RawBson {

    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** A length and the end of an empty document. */
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

    /** Returns the index of the zero after a name. */
    int nameEnd(int start, int limit) {
        for (int at = start; at < limit; at++) {
            if (bytes[at] == 0) {
                return at;
            }
        }
        throw malformed();
    }

    /** Returns the index after a document or an array. */
    int documentEnd(int start, int limit) {
        int end = prefixed(start, limit, 0, SHORTEST_DOCUMENT);
        if (bytes[end - 1] != 0) {
            throw malformed();
        }
        return end;
    }

    /** Returns the index after a value. */
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

    /** Looks through a whole document, for decoders that take as much memory as a length tells them to. */
    void requireSound(int start, int limit, int depth) {
        if (depth > MaskedDocuments.DEEPEST) {
            throw failures.tooDeep();
        }
        ElementCursor container = new ElementCursor(this, start, limit);
        while (container.next()) {
            requireSound(container.type(), container.valueStart(), container.valueEnd(), depth);
        }
    }

    /** Looks through whatever a value holds. */
    void requireSound(BsonType type, int start, int end, int depth) {
        switch (type) {
            case DOCUMENT, ARRAY -> requireSound(start, end, depth + 1);
            case JAVASCRIPT_WITH_SCOPE -> requireSound(textEnd(start + Integer.BYTES, end), end, depth + 1);
            default -> {
                // Its length is all there is to know.
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

    /** What begins with its length, which does not count the first {@code uncounted} bytes. */
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
