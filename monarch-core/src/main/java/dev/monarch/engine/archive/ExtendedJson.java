package dev.monarch.engine.archive;

import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/**
 * Canonical Extended JSON v2 as mongodump writes it and mongorestore reads it.
 *
 * <p>Only the first key of an object can make it a value of another type ({@link ExtendedValue}); {@code $regex}, {@code
 * $options}, {@code $ref} and {@code $type} never do, so a query with them stays a query. A document whose first key is one
 * of the reserved ones, {@code {"$oid": "…"}} for example, has no JSON form of its own: mongodump refuses it, and {@link
 * #isExact} tells.
 *
 * @see <a href="https://github.com/mongodb/mongo-go-driver/blob/master/bson/extjson_parser.go">the parser of the tools</a>
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md">the format</a>
 */
final class ExtendedJson {

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private ExtendedJson() {}

    /** Writes a document, whatever its keys are. */
    static String write(BsonDocument document) {
        return document.toJson(CANONICAL);
    }

    /**
     * Reads a document as mongorestore does; the dates of tools before 100.0, which are texts or numbers, too.
     *
     * @throws RuntimeException if the text is no Extended JSON
     */
    static BsonDocument read(String text) {
        return new ExtendedValue(true).document(JsonText.parse(text));
    }

    /** Tells whether mongorestore can read what {@link #write} makes of a document, rightly or wrongly. */
    static boolean isReadable(BsonDocument document) {
        return readStrictly(new BsonDocument("document", document)) != null;
    }

    /** Tells whether mongorestore reads from what {@link #write} makes of a document the very same document. */
    static boolean isExact(BsonDocument document) {
        BsonDocument read = readStrictly(document);
        return read != null && ExactBson.encode(read).equals(ExactBson.encode(document));
    }

    private static @Nullable BsonDocument readStrictly(BsonDocument document) {
        try {
            return new ExtendedValue(false).document(JsonText.parse(write(document)));
        } catch (RuntimeException e) {
            return null;
        }
    }
}
