package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

import dev.monarch.TransferFailedException.DocumentFailure;

/** Documents that were not written. It counts all of them and keeps the first ones. Thread-safe. */
final class DocumentFailures implements RejectedDocuments {

    private static final int FIRST = 1_000;

    private final int most;

    private final List<DocumentFailure> kept = new ArrayList<>();

    private long count;

    /** Keeps the first 1,000. */
    DocumentFailures() {
        this(FIRST);
    }

    DocumentFailures(int most) {
        this.most = most;
    }

    @Override
    public void add(String collection, RawBsonDocument document, InsertReply.Rejection rejection) {
        add(collection, document.get("_id", BsonNull.VALUE), rejection.code(), rejection.message());
    }

    synchronized void add(String collection, BsonValue id, int code, String message) {
        count++;
        if (kept.size() < most) {
            kept.add(new DocumentFailure(collection, json(id), code, message));
        }
    }

    /** Adds the documents that another instance has kept. */
    synchronized void addAll(List<DocumentFailure> others) {
        count += others.size();
        others.stream().limit(Math.max(0, most - kept.size())).forEach(kept::add);
    }

    synchronized void clear() {
        count = 0;
        kept.clear();
    }

    /** A value alone cannot be written as JSON. */
    private static String json(BsonValue value) {
        String wrapped = new BsonDocument("v", value).toJson();
        return wrapped.substring(wrapped.indexOf(':') + 1, wrapped.length() - 1).strip();
    }

    synchronized long count() {
        return count;
    }

    synchronized List<DocumentFailure> kept() {
        return List.copyOf(kept);
    }
}
