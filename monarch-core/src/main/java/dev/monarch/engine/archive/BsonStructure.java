package dev.monarch.engine.archive;

/**
 * Checks that bytes are a BSON document: the types, lengths and terminators of all elements. Values are not decoded.
 *
 * @see <a href="https://bsonspec.org/spec.html">the format</a>
 */
final class BsonStructure {

    /** No server stores a document with deeper nesting. */
    private static final int MAX_DEPTH = 200;

    private static final int SHORTEST = 5;

    private static final int OBJECT_ID = 12;

    private static final int OLD_BINARY = 2;

    private final byte[] bytes;

    private int at;

    private BsonStructure(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /**
     * Finds the first invalid element of a document.
     *
     * @return its index in the array; -1 if the document is valid
     */
    static int firstInvalid(byte[] bytes, int begin, int length) {
        BsonStructure structure = new BsonStructure(bytes, begin);
        return structure.isDocument(begin + length, 0) && structure.at == begin + length ? -1 : structure.at;
    }

    /** Skips a document that ends before or at a limit. Stops at the first invalid element. */
    private boolean isDocument(int limit, int depth) {
        if (depth > MAX_DEPTH || limit - at < SHORTEST) {
            return false;
        }
        int length = int32();
        int end = at + length;
        if (length < SHORTEST || length > limit - at || bytes[end - 1] != 0) {
            return false;
        }
        at += Integer.BYTES;
        while (at < end - 1) {
            if (!isElement(end - 1, depth)) {
                return false;
            }
        }
        at = end;
        return true;
    }

    private boolean isElement(int limit, int depth) {
        byte type = bytes[at];
        int element = at;
        at++;
        if (!skipName(limit) || !isValue(type, limit, depth)) {
            // A nested document has set the place of its own invalid element.
            at = type == 0x03 || type == 0x04 ? at : element;
            return false;
        }
        return true;
    }

    private boolean isValue(byte type, int limit, int depth) {
        return switch (type) {
            case 0x01, 0x09, 0x11, 0x12 -> skip(Long.BYTES, limit);
            case 0x02, 0x0D, 0x0E -> skipString(limit);
            case 0x03, 0x04 -> isDocument(limit, depth + 1);
            case 0x05 -> skipBinary(limit);
            case 0x06, 0x0A, 0x7F, -1 -> true;
            case 0x07 -> skip(OBJECT_ID, limit);
            case 0x08 -> at < limit && (bytes[at] == 0 || bytes[at] == 1) && skip(1, limit);
            case 0x0B -> isRegularExpression(limit);
            case 0x0C -> skipString(limit) && skip(OBJECT_ID, limit);
            case 0x0F -> isCodeWithScope(limit, depth);
            case 0x10 -> skip(Integer.BYTES, limit);
            case 0x13 -> skip(2 * Long.BYTES, limit);
            default -> false;
        };
    }

    /** A pattern and its options. */
    private boolean isRegularExpression(int limit) {
        return skipName(limit) && at < limit && skipName(limit);
    }

    private boolean isCodeWithScope(int limit, int depth) {
        if (limit - at < Integer.BYTES) {
            return false;
        }
        int length = int32();
        int end = at + length;
        if (length < Integer.BYTES || length > limit - at) {
            return false;
        }
        at += Integer.BYTES;
        return skipString(end) && isDocument(end, depth + 1) && at == end;
    }

    private boolean skipBinary(int limit) {
        if (limit - at <= Integer.BYTES) {
            return false;
        }
        int length = int32();
        byte subtype = bytes[at + Integer.BYTES];
        at += Integer.BYTES + 1;
        if (subtype == OLD_BINARY && (length < Integer.BYTES || limit - at < length || int32() != length - 4)) {
            return false;
        }
        return skip(length, limit);
    }

    private boolean skipString(int limit) {
        if (limit - at < Integer.BYTES) {
            return false;
        }
        int length = int32();
        at += Integer.BYTES;
        return length >= 1 && length <= limit - at && bytes[at + length - 1] == 0 && skip(length, limit);
    }

    private boolean skipName(int limit) {
        while (at < limit && bytes[at] != 0) {
            at++;
        }
        return skip(1, limit);
    }

    private boolean skip(int length, int limit) {
        if (length < 0 || length > limit - at) {
            return false;
        }
        at += length;
        return true;
    }

    private int int32() {
        return bytes[at] & 0xFF
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | (bytes[at + 3] & 0xFF) << 24;
    }
}
