package dev.monarch.engine.transfer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.bson.RawBsonDocument;

/**
 * Complete documents of one collection, concatenated, as undecoded BSON.
 *
 * <p>The receiver of a batch owns its bytes. The creator keeps no reference to them.
 *
 * @param bytes the documents, from index 0
 * @param length how many bytes of the array are used
 * @param documents the number of documents
 */
public record DocumentBatch(byte[] bytes, int length, int documents) {

    /**
     * Creates a batch.
     *
     * @throws IllegalArgumentException if the length is negative or greater than that of the array, or the number of
     *     documents is negative
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
     * Splits the batch into documents, which share its bytes.
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
