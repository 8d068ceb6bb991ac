package dev.monarch.staging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.bson.BsonBinaryReader;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.RawBsonDocument;

/**
 * Finds documents with {@code Timestamp(0, 0)} in a field of the first level, which a server replaces by its own time when
 * they are inserted.
 */
final class ZeroTimestamps {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final BsonTimestamp ZERO = new BsonTimestamp(0);

    private ZeroTimestamps() {}

    static boolean isIn(RawBsonDocument document) {
        return mayBeIn(document.getBackingArray(), document.getByteOffset(), document.getByteLength())
                && isReallyIn(document);
    }

    /** Eight bytes of zero, wherever they are, hold four that can be looked at in one piece. */
    private static boolean mayBeIn(byte[] bytes, int offset, int length) {
        for (int at = offset; at + Integer.BYTES <= offset + length; at += Integer.BYTES) {
            if ((int) INT.get(bytes, at) == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReallyIn(RawBsonDocument document) {
        ByteBuffer bytes =
                ByteBuffer.wrap(document.getBackingArray(), document.getByteOffset(), document.getByteLength());
        try (BsonBinaryReader reader = new BsonBinaryReader(bytes)) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                boolean timestamp = reader.getCurrentBsonType() == BsonType.TIMESTAMP;
                reader.skipName();
                if (timestamp && reader.readTimestamp().equals(ZERO)) {
                    return true;
                }
                if (!timestamp) {
                    reader.skipValue();
                }
            }
            return false;
        }
    }
}
