package dev.monarch.engine.staging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.bson.BsonType;
import org.bson.RawBsonDocument;

/**
 * Finds documents with {@code Timestamp(0, 0)} in a field of the first level, which a server replaces by its own time when
 * they are inserted.
 */
final class ZeroTimestamps {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ZeroTimestamps() {}

    /** Tells whether there is one; of what is no document, that there is none, for the server refuses it anyway. */
    static boolean isIn(RawBsonDocument document) {
        byte[] bytes = document.getBackingArray();
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
