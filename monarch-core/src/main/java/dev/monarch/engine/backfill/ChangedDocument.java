package dev.monarch.engine.backfill;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.DocumentBackfill.Change;
import dev.monarch.engine.server.RawBytes;

/** Computes what a change makes of a document, as far as that is possible without the server. */
final class ChangedDocument {

    private ChangedDocument() {}

    /** Tells whether a change would leave the document as it is. */
    static boolean isSame(RawBsonDocument before, Change change) {
        if (change instanceof Change.Replacement replacement) {
            RawBsonDocument after = new RawBsonDocument(withId(before, replacement), new BsonDocumentCodec());
            return RawBytes.of(before).buffer().equals(RawBytes.of(after).buffer());
        }
        if (change instanceof Change.Update update) {
            return update.values().entrySet().stream()
                            .allMatch(field -> field.getValue().equals(at(before, field.getKey())))
                    && update.removed().stream().allMatch(field -> isAbsent(before, field));
        }
        return change instanceof Change.None;
    }

    /** {@return the length of a change in bytes, without the document as it was read} */
    static int length(Change change) {
        BsonDocument values = change instanceof Change.Replacement replacement
                ? replacement.document()
                : change instanceof Change.Update update ? update.values() : new BsonDocument();
        return RawBytes.of(new RawBsonDocument(values, new BsonDocumentCodec())).length();
    }

    /** Returns the document that replaces another one: with its {@code _id}, in first place. */
    static BsonDocument withId(BsonDocument before, Change.Replacement replacement) {
        BsonDocument document = new BsonDocument("_id", before.get("_id", BsonNull.VALUE));
        document.putAll(replacement.document());
        if (!document.get("_id", BsonNull.VALUE).equals(before.get("_id", BsonNull.VALUE))) {
            throw new IllegalArgumentException("The backfill replaces the _id by " + document.get("_id", BsonNull.VALUE)
                    + ": a replacement must have the same _id, or none");
        }
        return document;
    }

    /** Returns the changed document, or nothing if the change deletes it, or the server rejects the change. */
    static Optional<BsonDocument> of(RawBsonDocument before, Change change) {
        if (change instanceof Change.Replacement replacement) {
            return Optional.of(withId(before, replacement));
        }
        if (!(change instanceof Change.Update update)) {
            return Optional.empty();
        }
        BsonDocument after = before.decode(new BsonDocumentCodec());
        // The server adds new fields in the order of their names.
        for (Map.Entry<String, BsonValue> field : new TreeMap<>(update.values()).entrySet()) {
            if (!ChangedPath.of(field.getKey()).set(after, field.getValue())) {
                return Optional.empty();
            }
        }
        update.removed().forEach(field -> ChangedPath.of(field).remove(after));
        return Optional.of(after);
    }

    private static boolean isAbsent(BsonDocument document, String path) {
        return !crossesArray(document, path) && at(document, path) == null;
    }

    private static @Nullable BsonValue at(BsonDocument document, String path) {
        BsonValue value = document;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof BsonDocument parent)) {
                return null;
            }
            value = parent.get(name);
        }
        return value;
    }

    private static boolean crossesArray(BsonDocument document, String path) {
        BsonValue value = document;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof BsonDocument parent)) {
                return value != null && value.isArray();
            }
            value = parent.get(name);
        }
        return false;
    }
}
