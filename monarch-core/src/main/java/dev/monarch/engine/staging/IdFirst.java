package dev.monarch.engine.staging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

import dev.monarch.engine.server.RawBytes;

/**
 * Changes a document into the form in which a server stores it: {@code _id} is the first field (MongoDB manual,
 * "Documents", "The _id Field").
 *
 * <p>The server moves {@code _id} to the front on insert, and adds one if it is missing. Monarch does the same before
 * it sends the document. So it can compare what it reads back with what it sent, and can send a document without
 * {@code _id} again.
 */
final class IdFirst {

    private static final String ID = "_id";

    private static final byte[] NAME = {'_', 'i', 'd', 0};

    private static final int OBJECT_ID = 12;

    private IdFirst() {}

    /** Returns the same document if its first field is {@code _id}, or if its bytes are not a document. */
    static RawBsonDocument of(RawBsonDocument document) {
        RawElements elements = new RawElements(document);
        try {
            boolean first = true;
            while (elements.next()) {
                if (elements.isNamed(ID)) {
                    return first ? document : moved(document, elements.begin(), elements.end());
                }
                first = false;
            }
            return elements.isAtEnd() ? withNewId(document) : document;
        } catch (IndexOutOfBoundsException e) {
            return document;
        }
    }

    private static RawBsonDocument moved(RawBsonDocument document, int begin, int end) {
        RawBytes bytes = RawBytes.of(document);
        int fields = bytes.offset() + Integer.BYTES;
        byte[] moved = new byte[bytes.length()];
        ByteBuffer.wrap(moved)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(moved.length)
                .put(bytes.array(), begin, end - begin)
                .put(bytes.array(), fields, begin - fields)
                .put(bytes.array(), end, bytes.end() - end);
        return new RawBsonDocument(moved);
    }

    private static RawBsonDocument withNewId(RawBsonDocument document) {
        RawBytes bytes = RawBytes.of(document);
        int fields = bytes.offset() + Integer.BYTES;
        byte[] longer = new byte[bytes.length() + 1 + NAME.length + OBJECT_ID];
        ByteBuffer.wrap(longer)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(longer.length)
                .put((byte) BsonType.OBJECT_ID.getValue())
                .put(NAME)
                .put(new ObjectId().toByteArray())
                .put(bytes.array(), fields, bytes.length() - Integer.BYTES);
        return new RawBsonDocument(longer);
    }
}
