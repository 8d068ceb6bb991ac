package dev.monarch.engine.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Reads the {@code _id} of a document that may be damaged. */
final class DocumentId {

    private static final String NAME = "_id";

    private DocumentId() {}

    /**
     * {@return the {@code _id} of the document at an index as JSON, such as {@code {"_id": 7}}; null if it cannot be
     * read}
     */
    static @Nullable String of(byte[] bytes, int at) {
        if (at + Integer.BYTES > bytes.length) {
            return null;
        }
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        try {
            BsonValue id = new RawBsonDocument(bytes, at, length).get(NAME);
            return id == null ? null : new BsonDocument(NAME, id).toJson();
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }
}
