package dev.monarch.engine.staging;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.DocumentBatch;

/** Counts the documents of one collection that were received, written and skipped. Thread-safe. */
final class LoadedDocuments {

    private final @Nullable DocumentDigest digest;

    private final SkippedDocuments skipped;

    private final AtomicLong received = new AtomicLong();

    private final AtomicLong bytes = new AtomicLong();

    private final AtomicLong written = new AtomicLong();

    /** How many of the skipped documents were never written. */
    private final AtomicLong unwritten = new AtomicLong();

    /**
     * Starts without documents.
     *
     * @param collection the name of the collection, for reports
     * @param digest the digest of all documents of the source; null if they are only counted
     */
    LoadedDocuments(String collection, @Nullable DocumentDigest digest) {
        this.digest = digest;
        this.skipped = new SkippedDocuments(collection, digest);
    }

    /** {@return whether this is the first batch} */
    boolean receive(DocumentBatch batch) {
        bytes.addAndGet(batch.length());
        return received.getAndAdd(batch.documents()) == 0;
    }

    /** Adds documents to the digest, before they are written. */
    void digest(List<RawBsonDocument> documents) {
        if (digest != null) {
            documents.forEach(digest::add);
        }
    }

    void wrote(long documents) {
        written.addAndGet(documents);
    }

    /** Skips a document that was not written. Returns false if there are too many. */
    boolean skip(RawBsonDocument document, String reason) {
        if (!skipped.add(document, reason)) {
            return false;
        }
        unwritten.incrementAndGet();
        return true;
    }

    SkippedDocuments skipped() {
        return skipped;
    }

    void clear() {
        received.set(0);
        bytes.set(0);
        written.set(0);
        unwritten.set(0);
        skipped.clear();
        if (digest != null) {
            digest.clear();
        }
    }

    /** Compares the documents of the source with those in the collection. Returns what differs, or null. */
    @Nullable
    String difference(LoadCheck check) {
        return check.difference(received.get() - unwritten.get(), written.get(), removed(), digest);
    }

    /** {@return how many documents were written and removed again} */
    private long removed() {
        return skipped.count() - unwritten.get();
    }

    /** {@return how many documents the collection has} */
    long count() {
        return written.get() - removed();
    }

    /** {@return the size of what was received} */
    long bytes() {
        return bytes.get();
    }
}
