package dev.monarch.engine.transfer;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

import com.mongodb.MongoInterruptedException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.BatchGathering.Gathered;
import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * Reads the documents of a query in batches; while one is worked on, another thread fetches the next.
 *
 * <p>At most three batches exist at once: one being filled, one waiting, one being worked on.
 */
final class DocumentScan {

    /** Big enough for a frame of an archive or a message to the server, small enough to have many of them under way. */
    static final int BATCH_BYTES = 4 * 1024 * 1024;

    private final MongoCollection<?> collection;

    private final Function<MongoCollection<Gathered>, FindIterable<Gathered>> query;

    private final CollectionProgress.Expected size;

    private final FetchRoom room;

    private final BlockingQueue<Fetched> fetched = new ArrayBlockingQueue<>(1);

    /** What comes from the fetching thread. */
    private sealed interface Fetched {

        record Batch(DocumentBatch documents) implements Fetched {}

        /** Stands behind a batch; who waits for its latch knows that the batch is done with. */
        record Mark(CountDownLatch passed) implements Fetched {}

        record End(@Nullable Throwable failure) implements Fetched {}
    }

    /**
     * Creates a scan.
     *
     * @param collection what is read, with its read preference
     * @param query asks for the documents
     * @param size how much it finds at most, as far as that is known
     * @param room how many replies may be in memory at once
     */
    DocumentScan(
            MongoCollection<?> collection,
            Function<MongoCollection<Gathered>, FindIterable<Gathered>> query,
            CollectionProgress.Expected size,
            FetchRoom room) {
        this.collection = collection;
        this.query = query;
        this.size = size;
        this.room = room.forAll(size);
    }

    /** Hands all batches over, on the caller's thread and in the order of the query. */
    void forEach(Consumer<DocumentBatch> consumer) {
        Thread fetching = new Thread(this::fetch, Thread.currentThread().getName() + "-fetch");
        fetching.setDaemon(true);
        fetching.start();
        try {
            Fetched next = fetched.take();
            while (!(next instanceof Fetched.End)) {
                if (next instanceof Fetched.Batch batch) {
                    consumer.accept(batch.documents());
                } else if (next instanceof Fetched.Mark mark) {
                    mark.passed().countDown();
                }
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
        BatchGathering gathering = new BatchGathering(BATCH_BYTES, size);
        try {
            try (FetchRoom.Turn turn = room.turn()) {
                fetchAll(gathering, turn);
            }
            put(gathering.rest());
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private void fetchAll(BatchGathering gathering, FetchRoom.Turn turn) throws InterruptedException {
        CodecRegistry registry = CodecRegistries.fromCodecs(gathering);
        MongoCollection<Gathered> from =
                collection.withDocumentClass(Gathered.class).withCodecRegistry(registry);
        turn.take();
        try (MongoCursor<Gathered> cursor = query.apply(from).cursor()) {
            while (cursor.hasNext()) {
                pass(cursor, gathering.arrived());
                hand(gathering.full(), turn);
                turn.take();
            }
        }
    }

    /** Of batches that are longer than batches should be, only so many exist as replies may. */
    private void hand(List<DocumentBatch> batches, FetchRoom.Turn turn) throws InterruptedException {
        boolean large = batches.stream().anyMatch(batch -> batch.length() > BATCH_BYTES);
        if (!large) {
            turn.close();
        }
        put(batches);
        if (large) {
            CountDownLatch passed = new CountDownLatch(1);
            fetched.put(new Fetched.Mark(passed));
            passed.await();
            turn.close();
        }
    }

    private void put(List<DocumentBatch> batches) throws InterruptedException {
        for (DocumentBatch batch : batches) {
            fetched.put(new Fetched.Batch(batch));
        }
    }

    /** The driver has decoded a whole reply before it hands out the first of its documents. */
    private static void pass(MongoCursor<Gathered> cursor, int documents) {
        for (int i = 0; i < documents; i++) {
            cursor.next();
        }
    }
}
