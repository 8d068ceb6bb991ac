package dev.monarch.engine.backfill;

import java.util.Set;

import org.bson.BsonValue;

import dev.monarch.engine.Scrubbed;
import dev.monarch.engine.lock.HeldLock;

/** Sets aside the documents that one run cannot change. The run does not try them again. For one thread. */
final class Rejections implements RejectedDocuments {

    private final SetAside stored;

    private final HeldLock lock;

    private final int limit;

    private final Set<BsonValue> documents;

    Rejections(SetAside stored, HeldLock lock, int limit) {
        this.stored = stored;
        this.lock = lock;
        this.limit = limit;
        this.documents = stored.documents();
    }

    @Override
    public boolean contains(BsonValue document) {
        return documents.contains(document);
    }

    /**
     * Sets a document aside. Credentials in the error, which may be one of the application's code, are removed.
     *
     * @throws BackfillFailure if there are too many
     */
    @Override
    public void add(BsonValue document, String error) {
        String text = Scrubbed.text(error);
        if (!documents.contains(document) && documents.size() >= limit) {
            throw BackfillFailure.tooMany(limit, document, text);
        }
        lock.ensureHeld();
        stored.add(document, text, lock.serverTime());
        documents.add(document);
    }

    long count() {
        return documents.size();
    }

    /** Forgets all of them, because the collection is another one. */
    void clear() {
        stored.clear();
        documents.clear();
    }

    /** Returns all of them, and allows trying them again. */
    Set<BsonValue> retry() {
        Set<BsonValue> all = Set.copyOf(documents);
        documents.clear();
        return all;
    }

    /** Removes a document that was tried again, unless it was set aside again. */
    void settle(BsonValue document) {
        if (!documents.contains(document)) {
            stored.remove(document);
        }
    }
}
