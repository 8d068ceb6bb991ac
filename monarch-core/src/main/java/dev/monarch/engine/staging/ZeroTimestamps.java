package dev.monarch.engine.staging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.bson.BsonType;
import org.bson.RawBsonDocument;

import dev.monarch.engine.server.RawBytes;

/**
 * Finds documents with {@code Timestamp(0, 0)} in a top-level field. A server replaces such a value with its own time
 * on insert.
 */
final class ZeroTimestamps {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ZeroTimestamps() {}

    /**
     * Tells whether a document has such a value. If the bytes are not a document, the result is false, because the
     * server rejects it anyway.
     */
    static boolean isIn(RawBsonDocument document) {
        byte[] bytes = RawBytes.of(document).array();
        RawElements elements = new RawElements(document);
        try {
            while (elements.next()) {
                if (elements.is(BsonType.TIMESTAMP) && (long) LONG.get(bytes, elements.value()) == 0) {
                    return true;
                }
            }
            return false;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }
}
