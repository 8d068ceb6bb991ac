package dev.monarch.transfer;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

import com.mongodb.MongoInterruptedException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of a query in batches; while one is worked on, another thread fetches the next.
 *
 * <p>At most three batches exist at once: one being filled, one waiting, one being worked on.
 */
final class DocumentScan {

    /** Big enough for a frame of an archive or a message to the server, small enough to have many of them under way. */
    static final int BATCH_BYTES = 4 * 1024 * 1024;

    private static final int FIRST_ROOM = 64 * 1024;

    private final FindIterable<RawBsonDocument> query;

    private final BlockingQueue<Fetched> fetched = new ArrayBlockingQueue<>(1);

    /** What comes from the fetching thread. */
    private sealed interface Fetched {

        record Batch(DocumentBatch documents) implements Fetched {}

        record End(@Nullable Throwable failure) implements Fetched {}
    }

    DocumentScan(FindIterable<RawBsonDocument> query) {
        this.query = query;
    }

    /** Hands all batches over, on the caller's thread and in the order of the query. */
    void forEach(Consumer<DocumentBatch> consumer) {
        Thread fetching = new Thread(this::fetch, Thread.currentThread().getName() + "-fetch");
        fetching.setDaemon(true);
        fetching.start();
        try {
            Fetched next = fetched.take();
            while (next instanceof Fetched.Batch batch) {
                consumer.accept(batch.documents());
                next = fetched.take();
            }
            rethrow(((Fetched.End) next).failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("Interrupted while documents were fetched", e);
        } finally {
            fetching.interrupt();
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void fetch() {
        try {
            fetched.put(new Fetched.End(outcome()));
        } catch (InterruptedException e) {
            // Nobody waits for the end any more.
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Throwable outcome() throws InterruptedException {
        try (MongoCursor<RawBsonDocument> cursor = query.cursor()) {
            fetchBatches(cursor);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private void fetchBatches(MongoCursor<RawBsonDocument> cursor) throws InterruptedException {
        byte[] bytes = new byte[FIRST_ROOM];
        int used = 0;
        int documents = 0;
        while (cursor.hasNext()) {
            RawBsonDocument document = cursor.next();
            int length = document.getByteLength();
            if (documents > 0 && used + length > BATCH_BYTES) {
                fetched.put(new Fetched.Batch(new DocumentBatch(bytes, used, documents)));
                bytes = new byte[BATCH_BYTES];
                used = 0;
                documents = 0;
            }
            bytes = withRoomFor(used + length, bytes);
            System.arraycopy(document.getBackingArray(), document.getByteOffset(), bytes, used, length);
            used += length;
            documents++;
        }
        if (documents > 0) {
            fetched.put(new Fetched.Batch(new DocumentBatch(bytes, used, documents)));
        }
    }

    /** A small collection, of which there may be thousands, is not worth a whole batch. */
    private static byte[] withRoomFor(int length, byte[] bytes) {
        return length <= bytes.length
                ? bytes
                : Arrays.copyOf(bytes, Math.max(length, Math.min(BATCH_BYTES, bytes.length * 4)));
    }
}
