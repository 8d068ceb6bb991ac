package dev.monarch.engine.backfill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import com.mongodb.MongoInterruptedException;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.backfill.ChangeWriter.Written;
import dev.monarch.engine.server.RawBytes;

/**
 * Changes the documents of a range in groups that fit into memory and into a message. At full rate, groups are written while the
 * next ones are read. For one thread.
 */
final class DocumentGroups implements Consumer<RawBsonDocument> {

    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final ChangeBatch changes;

    private final Slices slices;

    private final boolean verify;

    private final @Nullable GroupWriters writers;

    private final Deque<Sent> sent = new ArrayDeque<>();

    private final List<RawBsonDocument> group = new ArrayList<>();

    private int groupBytes;

    private ChangeBatch.Result result = ChangeBatch.Result.NONE;

    /** Decides how many documents are written at once, and waits before each write. */
    interface Slices {

        /** As many documents as a message should have, without waiting. */
        Slices NONE = new Slices() {};

        default int documents() {
            return 1000;
        }

        default void awaitNext() {}

        /**
         * Adds to the current slice what was written.
         *
         * @param documents the number of documents
         * @param changed how many of them were changed
         * @param bytes their length
         */
        default void add(int documents, long changed, long bytes) {}
    }

    /** A group that is being written. */
    private record Sent(List<PlannedChange> planned, int bytes, Future<Written> written) {}

    /**
     * Creates empty groups.
     *
     * @param slices decide about the size of the groups, and wait between them
     * @param verify whether to check that the changed documents no longer need a change
     * @param writers write the groups; null to write one after the other on the caller's thread
     */
    DocumentGroups(ChangeBatch changes, Slices slices, boolean verify, @Nullable GroupWriters writers) {
        this.changes = changes;
        this.slices = slices;
        this.verify = verify;
        this.writers = verify ? null : writers;
    }

    @Override
    public void accept(RawBsonDocument document) {
        group.add(document);
        groupBytes += RawBytes.of(document).length();
        if (group.size() >= slices.documents() || groupBytes >= MOST_BYTES) {
            send();
        }
    }

    private void send() {
        if (writers == null) {
            slices.awaitNext();
            add(changes.apply(group, verify), group.size(), groupBytes);
        } else {
            if (sent.size() == GroupWriters.NUMBER) {
                finishOldest();
            }
            List<PlannedChange> planned = changes.plan(group);
            sent.add(new Sent(planned, groupBytes, writers.submit(() -> changes.write(planned))));
        }
        group.clear();
        groupBytes = 0;
    }

    /** Waits until everything is written. */
    void flush() {
        send();
        while (!sent.isEmpty()) {
            finishOldest();
        }
    }

    private void finishOldest() {
        Sent oldest = sent.remove();
        try {
            ChangeBatch.Result finished =
                    changes.finish(oldest.planned(), oldest.written().get(), verify);
            add(finished, oldest.planned().size(), oldest.bytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("Interrupted while a backfill writes", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    private void add(ChangeBatch.Result finished, int documents, int bytes) {
        result = result.plus(finished);
        slices.add(documents, finished.changed(), bytes);
    }

    ChangeBatch.Result result() {
        return result;
    }
}
