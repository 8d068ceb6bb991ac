package dev.monarch.backup;

import java.util.concurrent.atomic.AtomicLong;

import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSink;
import dev.monarch.transfer.DocumentBatch;
import dev.monarch.transfer.TransferSink;

/** Looks at the migration history while it goes by, and at nothing else: what it sees is what the backup holds. */
final class HistoryOnTheWay implements TransferSink {

    private static final String APPLIED = "APPLIED";

    private final TransferSink next;

    private final String collection;

    private volatile @Nullable Seen seen;

    HistoryOnTheWay(TransferSink next, String collection) {
        this.next = next;
        this.collection = collection;
    }

    @Override
    public void begin(Catalogue catalogue) {
        next.begin(catalogue);
    }

    @Override
    public CollectionSink collection(CollectionDescription description) {
        CollectionSink to = next.collection(description);
        if (!description.name().equals(collection)) {
            return to;
        }
        Seen watching = new Seen(to);
        seen = watching;
        return watching;
    }

    /** Returns what was seen, or null if no history came. */
    Manifest.@Nullable History summary() {
        Seen history = seen;
        return history == null ? null : new Manifest.History(collection, history.entries.get(), history.lastApplied);
    }

    private static final class Seen implements CollectionSink {

        private final CollectionSink next;

        private final AtomicLong entries = new AtomicLong();

        private long sequence = -1;

        private volatile @Nullable String lastApplied;

        private Seen(CollectionSink next) {
            this.next = next;
        }

        @Override
        public void documents(DocumentBatch batch) {
            batch.split().forEach(this::see);
            next.documents(batch);
        }

        private void see(RawBsonDocument entry) {
            entries.incrementAndGet();
            if (!(entry.get("state") instanceof BsonString state)
                    || !state.getValue().equals(APPLIED)) {
                return;
            }
            long changed = entry.getNumber("sequence", new BsonInt64(0)).longValue();
            if (changed > sequence && entry.get("_id") instanceof BsonDocument key) {
                sequence = changed;
                lastApplied = key.getString("id", new BsonString("")).getValue();
            }
        }

        @Override
        public void restart() {
            entries.set(0);
            sequence = -1;
            lastApplied = null;
            next.restart();
        }

        @Override
        public void end() {
            next.end();
        }
    }
}
