package dev.monarch.engine.archive;

import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.engine.transfer.DocumentBatch;

/** Reads concatenated documents into batches. */
public final class DocumentReader {

    /** Large enough to be efficient, small enough to keep many batches in memory. */
    private static final int BATCH = 4 * 1024 * 1024;

    private static final int INITIAL_CAPACITY = 64 * 1024;

    private final ArchiveInput input;

    private final Consumer<DocumentBatch> consumer;

    private byte[] bytes = new byte[INITIAL_CAPACITY];

    private int used;

    private int documents;

    private DocumentReader(ArchiveInput input, Consumer<DocumentBatch> consumer) {
        this.input = input;
        this.consumer = consumer;
    }

    /** Reads the documents of a block, until its terminator. */
    static void readBlock(ArchiveInput input, Consumer<DocumentBatch> consumer) {
        DocumentReader reader = new DocumentReader(input, consumer);
        for (int length = input.lengthOrTerminator();
                length != ArchiveInput.TERMINATOR;
                length = input.lengthOrTerminator()) {
            reader.document(length);
        }
        reader.emit();
    }

    /**
     * Reads the documents of a file, until its end, and checks the structure of each: a file has no checksum.
     *
     * @param stream the file, decompressed
     * @param namespace the full name of the collection
     * @param consumer receives the documents, in their order
     * @return the number of documents
     * @throws DamagedArchiveException if the file does not consist of whole, valid documents
     */
    public static long readFile(InputStream stream, String namespace, Consumer<DocumentBatch> consumer) {
        ArchiveInput input = new ArchiveInput(stream);
        input.enter(namespace);
        long[] read = {0};
        DocumentReader reader = new DocumentReader(input, batch -> {
            read[0] += batch.documents();
            consumer.accept(batch);
        });
        try {
            for (@Nullable Integer length = input.lengthOrEnd(); length != null; length = input.lengthOrEnd()) {
                reader.document(length);
                reader.checkLast(length);
            }
        } catch (DamagedArchiveException e) {
            throw input.inDocument(0, e);
        }
        reader.emit();
        return read[0];
    }

    private void document(int length) {
        input.requireDocumentLength(length);
        if (used + length > bytes.length && used + length <= BATCH) {
            bytes = Arrays.copyOf(bytes, Math.min(BATCH, Math.max(used + length, bytes.length * 4)));
        }
        if (used + length > bytes.length) {
            emit();
            bytes = new byte[Math.max(BATCH, length)];
            used = 0;
            documents = 0;
        }
        input.document(length, bytes, used);
        used += length;
        documents++;
    }

    private void checkLast(int length) {
        int begin = used - length;
        int invalid = BsonStructure.firstInvalid(bytes, begin, length);
        if (invalid >= 0) {
            throw input.invalidDocument(length, invalid - begin);
        }
    }

    private void emit() {
        if (documents > 0) {
            consumer.accept(new DocumentBatch(bytes, used, documents));
        }
    }
}
