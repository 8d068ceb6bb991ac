package dev.monarch.engine.transfer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.bson.RawBsonDocument;

/**
 * Whole documents of one collection, one behind the other, as BSON that nobody has decoded.
 *
 * <p>Whoever is handed a batch owns its bytes; whoever made it keeps no reference to them.
 *
 * @param bytes the documents, from index 0
 * @param length how many of the bytes are documents
 * @param documents how many documents that is
 */
public record DocumentBatch(byte[] bytes, int length, int documents) {

    /**
     * Creates a batch.
     *
     * @throws IllegalArgumentException if the length is not that of something in the bytes
     */
    public DocumentBatch {
        if (length < 0 || length > bytes.length) {
            throw new IllegalArgumentException("length must be from 0 to " + bytes.length + ", but is " + length);
        }
        if (documents < 0) {
            throw new IllegalArgumentException("documents must not be negative, but is " + documents);
        }
    }

    /**
     * Returns the documents one by one; they share the bytes of the batch.
     *
     * @return the documents, in their order
     */
    public List<RawBsonDocument> split() {
        List<RawBsonDocument> split = new ArrayList<>(documents);
        ByteBuffer lengths = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < length; ) {
            int size = lengths.getInt(at);
            split.add(new RawBsonDocument(bytes, at, size));
            at += size;
        }
        return split;
    }
}
