package dev.monarch.staging;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

import dev.monarch.TransferFailedException.DocumentFailure;

/** Documents that are not where they were to be: all are counted, the first of them kept. Thread-safe. */
final class DocumentFailures {

    private static final int FIRST = 1_000;

    private final int most;

    private final List<DocumentFailure> kept = new ArrayList<>();

    private long count;

    /** Keeps the first thousand. */
    DocumentFailures() {
        this(FIRST);
    }

    DocumentFailures(int most) {
        this.most = most;
    }

    synchronized void add(String collection, BsonDocument document, int code, String message) {
        count++;
        if (kept.size() < most) {
            BsonValue id = document.get("_id", BsonNull.VALUE);
            kept.add(new DocumentFailure(collection, json(id), code, message));
        }
    }

    /** The value alone has no JSON of its own. */
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
