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
 * Puts the documents of a reply into batches as the driver comes to them: copied once, decoded never.
 *
 * <p>The driver gets a {@link Gathered} for each. For one query, and the thread that reads it.
 */
final class BatchGathering implements Codec<BatchGathering.Gathered> {

    /** Stands for a document that is in a batch. */
    enum Gathered {
        DOCUMENT
    }

    private static final int FIRST_ROOM = 64 * 1024;

    /** What a server keeps in its books may be a little behind. */
    private static final int SPARE_ROOM = 1024;

    private final int batchBytes;

    private final List<DocumentBatch> full = new ArrayList<>();

    private final int firstRoom;

    private byte[] bytes = {};

    private int used;

    private int documents;

    private int arrived;

    /**
     * Begins to gather.
     *
     * @param batchBytes how long a batch is, unless a document is longer
     * @param size how much is going to come, as far as that is known
     */
    BatchGathering(int batchBytes, CollectionProgress.Expected size) {
        this.batchBytes = batchBytes;
        long first = size.bytes() < 0 ? FIRST_ROOM : size.bytes() + SPARE_ROOM;
        this.firstRoom = (int) Math.min(batchBytes, first);
    }

    @Override
    public Gathered decode(BsonReader reader, DecoderContext context) {
        BsonInput input = ((BsonBinaryReader) reader).getBsonInput();
        BsonInputMark begin = input.getMark(Integer.BYTES);
        int length = input.readInt32();
        begin.reset();
        makeRoomFor(length);
        input.readBytes(bytes, used, length);
        used += length;
        documents++;
        arrived++;
        begin.reset();
        reader.skipValue();
        return Gathered.DOCUMENT;
    }

    /** A small collection, of which there may be thousands, is not worth a whole batch. */
    private void makeRoomFor(int length) {
        if (documents > 0 && used + length > batchBytes) {
            endBatch();
            bytes = new byte[Math.max(length, batchBytes)];
        } else if (used + length > bytes.length) {
            int more = used == 0 ? firstRoom : Math.min(batchBytes, bytes.length * 4);
            bytes = Arrays.copyOf(bytes, Math.max(used + length, more));
        }
    }

    private void endBatch() {
        full.add(new DocumentBatch(bytes, used, documents));
        used = 0;
        documents = 0;
    }

    /** Returns how many documents have come since it was asked last. */
    int arrived() {
        int now = arrived;
        arrived = 0;
        return now;
    }

    /** Returns the batches that are full, which belong to the caller then. */
    List<DocumentBatch> full() {
        List<DocumentBatch> taken = List.copyOf(full);
        full.clear();
        return taken;
    }

    /** Returns what is left when everything has come. */
    List<DocumentBatch> rest() {
        if (documents > 0) {
            endBatch();
        }
        return full();
    }

    @Override
    public void encode(BsonWriter writer, Gathered value, EncoderContext context) {
        throw new UnsupportedOperationException("What was gathered is in a batch");
    }

    @Override
    public Class<Gathered> getEncoderClass() {
        return Gathered.class;
    }
}
