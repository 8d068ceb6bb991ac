package dev.monarch.engine.archive;

import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes canonical Extended JSON v2 as mongodump and mongorestore do.
 *
 * <p>Only the first key of an object can give it another BSON type ({@link ExtendedValue}). {@code $regex}, {@code
 * $options}, {@code $ref} and {@code $type} never do, so a query with these keys remains a query. A document whose
 * first key is reserved, for example {@code {"$oid": "…"}}, has no JSON form: mongodump refuses it, and {@link
 * #isExact} returns false.
 *
 * @see <a href="https://github.com/mongodb/mongo-go-driver/blob/master/bson/extjson_parser.go">the parser of the
 *     tools</a>
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md">the
 *     format</a>
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
     * Reads a document as mongorestore does. Also reads the dates of tools before 100.0, which are strings or
     * numbers, and the keys of mongodump 2.4, which lack quotation marks.
     *
     * @throws RuntimeException if the text is not Extended JSON
     */
    static BsonDocument read(String text) {
        return new ExtendedValue(true).document(JsonParser.parseWithBareKeys(text));
    }

    /** {@return whether mongorestore can parse the output of {@link #write}, even if it reads another document} */
    static boolean isReadable(BsonDocument document) {
        return readStrictly(new BsonDocument("document", document)) != null;
    }

    /** {@return whether mongorestore reads exactly the same document from the output of {@link #write}} */
    static boolean isExact(BsonDocument document) {
        BsonDocument read = readStrictly(document);
        return read != null && Base64Bson.encode(read).equals(Base64Bson.encode(document));
    }

    private static @Nullable BsonDocument readStrictly(BsonDocument document) {
        try {
            return new ExtendedValue(false).document(JsonParser.parse(write(document)));
        } catch (RuntimeException e) {
            return null;
        }
    }
}
