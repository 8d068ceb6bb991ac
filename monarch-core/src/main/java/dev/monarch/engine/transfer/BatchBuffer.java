package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.bson.BsonBinaryReader;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BsonInput;
import org.bson.io.BsonInputMark;

import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * Copies the documents of a server reply into batches while the driver decodes the reply, without decoding the
 * documents.
 *
 * <p>It is a codec that returns a {@link Gathered} per document. For one query and the thread that reads it.
 */
final class BatchBuffer implements Codec<BatchBuffer.Gathered> {

    /** Marks a document that was copied into a batch. */
    enum Gathered {
        DOCUMENT
    }

    private static final int INITIAL_CAPACITY = 64 * 1024;

    /** The server's statistics may be slightly outdated. */
    private static final int SPARE_CAPACITY = 1024;

    private final int batchBytes;

    private final List<DocumentBatch> full = new ArrayList<>();

    private final int initialCapacity;

    private byte[] bytes = {};

    private int used;

    private int documents;

    private int received;

    private int receivedBytes;

    /**
     * Creates an empty buffer.
     *
     * @param batchBytes the length of a batch in bytes, unless one document is longer
     * @param size the expected size of the result
     */
    BatchBuffer(int batchBytes, CollectionProgress.Expected size) {
        this.batchBytes = batchBytes;
        long first = size.bytes() < 0 ? INITIAL_CAPACITY : size.bytes() + SPARE_CAPACITY;
        this.initialCapacity = (int) Math.min(batchBytes, first);
    }

    @Override
    public Gathered decode(BsonReader reader, DecoderContext context) {
        BsonInput input = ((BsonBinaryReader) reader).getBsonInput();
        BsonInputMark begin = input.getMark(Integer.BYTES);
        int length = input.readInt32();
        begin.reset();
        ensureCapacity(length);
        input.readBytes(bytes, used, length);
        used += length;
        documents++;
        received++;
        receivedBytes += length;
        begin.reset();
        reader.skipValue();
        return Gathered.DOCUMENT;
    }

    /** Grows the array step by step, because there may be thousands of small collections. */
    private void ensureCapacity(int length) {
        if (documents > 0 && used + length > batchBytes) {
            endBatch();
            bytes = new byte[Math.max(length, batchBytes)];
        } else if (used + length > bytes.length) {
            int more = used == 0 ? initialCapacity : Math.min(batchBytes, bytes.length * 4);
            bytes = Arrays.copyOf(bytes, Math.max(used + length, more));
        }
    }

    private void endBatch() {
        full.add(new DocumentBatch(bytes, used, documents));
        used = 0;
        documents = 0;
    }

    /** {@return how many documents were received since the last call} */
    int received() {
        int now = received;
        received = 0;
        return now;
    }

    /** {@return how many bytes were received since the last call} */
    int receivedBytes() {
        int now = receivedBytes;
        receivedBytes = 0;
        return now;
    }

    /** {@return the full batches, which the caller owns from now on} */
    List<DocumentBatch> full() {
        List<DocumentBatch> selected = List.copyOf(full);
        full.clear();
        return selected;
    }

    /** {@return the remaining batches, once all documents were received} */
    List<DocumentBatch> rest() {
        if (documents > 0) {
            endBatch();
        }
        return full();
    }

    @Override
    public void encode(BsonWriter writer, Gathered value, EncoderContext context) {
        throw new UnsupportedOperationException("Documents are only decoded");
    }

    @Override
    public Class<Gathered> getEncoderClass() {
        return Gathered.class;
    }
}
