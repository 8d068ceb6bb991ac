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

    private static final int MOST_DOCUMENTS = 1000;

    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final ChangeBatch changes;

    private final boolean verify;

    private final @Nullable GroupWriters writers;

    private final Deque<Sent> sent = new ArrayDeque<>();

    private final List<RawBsonDocument> group = new ArrayList<>();

    private int groupBytes;

    private long bytes;

    private ChangeBatch.Result result = ChangeBatch.Result.NONE;

    /** A group that is being written. */
    private record Sent(List<PlannedChange> planned, Future<Written> written) {}

    /**
     * Creates empty groups.
     *
     * @param verify whether to check that the changed documents no longer need a change
     * @param writers write the groups; null to write one after the other on the caller's thread
     */
    DocumentGroups(ChangeBatch changes, boolean verify, @Nullable GroupWriters writers) {
        this.changes = changes;
        this.verify = verify;
        this.writers = verify ? null : writers;
    }

    @Override
    public void accept(RawBsonDocument document) {
        group.add(document);
        groupBytes += RawBytes.of(document).length();
        if (group.size() >= MOST_DOCUMENTS || groupBytes >= MOST_BYTES) {
            send();
        }
    }

    private void send() {
        bytes += groupBytes;
        if (writers == null) {
            result = result.plus(changes.apply(group, verify));
        } else {
            if (sent.size() == GroupWriters.NUMBER) {
                finishOldest();
            }
            List<PlannedChange> planned = changes.plan(group);
            sent.add(new Sent(planned, writers.submit(() -> changes.write(planned))));
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
            result = result.plus(
                    changes.finish(oldest.planned(), oldest.written().get(), verify));
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

    ChangeBatch.Result result() {
        return result;
    }

    long bytes() {
        return bytes;
    }
}
