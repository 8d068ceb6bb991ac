package dev.monarch.engine.transfer;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

import com.mongodb.MongoInterruptedException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.BatchBuffer.Gathered;
import dev.monarch.transfer.TransferProgress.CollectionProgress;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

/**
 * Reads the documents of a query in batches. Another thread fetches the next batch while one is processed.
 *
 * <p>At most three batches exist at the same time: one being filled, one waiting, one being processed.
 */
final class DocumentScan {

    /**
     * Large enough for a frame of an archive or a message to the server, small enough to keep many batches in memory.
     */
    static final int BATCH_BYTES = 4 * 1024 * 1024;

    private final MongoCollection<?> collection;

    private final Function<MongoCollection<Gathered>, FindIterable<Gathered>> query;

    private final CollectionProgress.Expected size;

    private final FetchBudget budget;

    private final ReadThrottle throttle;

    /** How long the fetching thread was throttled since the consumer asked last, in nanoseconds. */
    private final AtomicLong throttled = new AtomicLong();

    private final BlockingQueue<Fetched> fetched = new ArrayBlockingQueue<>(1);

    /** A message from the fetching thread. */
    private sealed interface Fetched {

        record Batch(DocumentBatch documents) implements Fetched {}

        /** Follows a batch. Its latch opens when the batch was processed. */
        record Mark(CountDownLatch passed) implements Fetched {}

        record End(@Nullable Throwable failure) implements Fetched {}
    }

    /**
     * Creates a scan.
     *
     * @param collection the collection, with its read preference
     * @param query starts the query
     * @param size the expected size of the result
     * @param budget limits the memory for server replies
     * @param throttle limits the read rate
     */
    DocumentScan(
            MongoCollection<?> collection,
            Function<MongoCollection<Gathered>, FindIterable<Gathered>> query,
            CollectionProgress.Expected size,
            FetchBudget budget,
            ReadThrottle throttle) {
        this.collection = collection;
        this.query = query;
        this.size = size;
        this.budget = budget.forResult(size);
        this.throttle = throttle;
    }

    /** Passes all batches to a consumer, on the caller's thread and in the order of the query. */
    void forEach(Consumer<DocumentBatch> consumer) {
        Thread fetching = new Thread(this::fetch, Thread.currentThread().getName() + "-fetch");
        fetching.setDaemon(true);
        fetching.start();
        try {
            Fetched next = take();
            while (!(next instanceof Fetched.End)) {
                if (next instanceof Fetched.Batch batch) {
                    consumer.accept(batch.documents());
                } else if (next instanceof Fetched.Mark mark) {
                    mark.passed().countDown();
                }
                next = take();
            }
            rethrow(((Fetched.End) next).failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("Interrupted while fetching documents", e);
        } finally {
            fetching.interrupt();
        }
    }

    private Fetched take() throws InterruptedException {
        long begun = System.nanoTime();
        Fetched next = fetched.take();
        long waited = System.nanoTime() - begun;
        long paced = Math.min(waited, throttled.getAndSet(0));
        throttle.pace().times().add(Stage.PACE, paced);
        throttle.pace().times().add(Stage.SOURCE, waited - paced);
        return next;
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
            // The consumer has stopped waiting.
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Throwable outcome() throws InterruptedException {
        BatchBuffer buffer = new BatchBuffer(BATCH_BYTES, size);
        try {
            try (FetchBudget.Permit permit = budget.permit();
                    TransferPace.Slot slot = throttle.pace().slot()) {
                fetchAll(buffer, permit, slot);
            }
            put(buffer.rest());
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private void fetchAll(BatchBuffer buffer, FetchBudget.Permit permit, TransferPace.Slot slot)
            throws InterruptedException {
        CodecRegistry registry = CodecRegistries.fromCodecs(buffer);
        MongoCollection<Gathered> from =
                collection.withDocumentClass(Gathered.class).withCodecRegistry(registry);
        throttled.addAndGet(slot.take());
        permit.take();
        try (MongoCursor<Gathered> cursor = query.apply(from).cursor()) {
            while (cursor.hasNext()) {
                skip(cursor, buffer.received());
                slot.close();
                emit(buffer.full(), permit);
                throttled.addAndGet(throttle.pass(buffer.receivedBytes()) + slot.take());
                permit.take();
            }
        }
    }

    /** The permit is kept while an oversized batch is processed, so that the budget limits these as well. */
    private void emit(List<DocumentBatch> batches, FetchBudget.Permit permit) throws InterruptedException {
        boolean large = batches.stream().anyMatch(batch -> batch.length() > BATCH_BYTES);
        if (!large) {
            permit.close();
        }
        put(batches);
        if (large) {
            CountDownLatch passed = new CountDownLatch(1);
            fetched.put(new Fetched.Mark(passed));
            passed.await();
            permit.close();
        }
    }

    private void put(List<DocumentBatch> batches) throws InterruptedException {
        for (DocumentBatch batch : batches) {
            fetched.put(new Fetched.Batch(batch));
        }
    }

    /** Skips the documents of a reply: the driver decodes the whole reply before it returns the first document. */
    private static void skip(MongoCursor<Gathered> cursor, int documents) {
        for (int i = 0; i < documents; i++) {
            cursor.next();
        }
    }
}
