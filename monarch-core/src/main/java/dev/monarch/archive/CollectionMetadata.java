package dev.monarch.archive;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionType;
import dev.monarch.transfer.Namespace;

/**
 * The JSON text in which mongodump describes a collection: {@code options}, {@code indexes}, {@code uuid}, {@code
 * collectionName}, {@code type}, in canonical Extended JSON v2; archives of old tools have it relaxed, and less of it.
 */
final class CollectionMetadata {

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    /** MongoDB itself takes no document that nests deeper. */
    private static final int DEEPEST = 200;

    private static final int UUID_BYTES = 16;

    private CollectionMetadata() {}

    static ArchivedCollection write(String database, CollectionDescription collection) {
        BsonDocument metadata = new BsonDocument();
        if (!collection.options().isEmpty()) {
            metadata.append("options", collection.options());
        }
        metadata.append("indexes", new BsonArray(collection.indexes()));
        UUID uuid = collection.uuid();
        if (uuid != null) {
            metadata.append("uuid", new BsonString(uuid.toString().replace("-", "")));
        }
        metadata.append("collectionName", new BsonString(collection.name()));
        metadata.append("type", new BsonString(collection.type().wireName()));
        String text = metadata.toJson(CANONICAL);
        if (!BsonDocument.parse(text).equals(metadata)) {
            throw new IllegalStateException("the options or indexes of '" + collection.name()
                    + "' hold something that JSON cannot tell from something else");
        }
        return new ArchivedCollection(
                new Namespace(database, collection.name()),
                text,
                collection.type().wireName());
    }

    /** Reads a description; whatever is not there is taken for what old tools meant by it. */
    static CollectionDescription read(ArchivedCollection archived) {
        BsonDocument metadata = parse(archived.metadata());
        BsonDocument options = metadata.getDocument("options", new BsonDocument());
        List<BsonDocument> indexes = metadata.getArray("indexes", new BsonArray()).stream()
                .map(BsonValue::asDocument)
                .toList();
        return new CollectionDescription(
                archived.namespace().collection(), type(archived.type(), options), options, indexes, uuid(metadata));
    }

    private static BsonDocument parse(String text) {
        if (text.isEmpty()) {
            return new BsonDocument();
        }
        requireShallow(text);
        return BsonDocument.parse(text);
    }

    /** The parser calls itself for every level, and so does whoever compares what it made. */
    private static void requireShallow(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '\\' -> at++;
                case '"' -> quoted = !quoted;
                case '{', '[' -> depth += quoted ? 0 : 1;
                case '}', ']' -> depth -= quoted ? 0 : 1;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("It nests deeper than " + DEEPEST + " levels");
            }
        }
    }

    private static CollectionType type(String word, BsonDocument options) {
        if (!word.isEmpty()) {
            return CollectionType.of(word);
        }
        if (options.containsKey("viewOn")) {
            return CollectionType.VIEW;
        }
        return options.containsKey("timeseries") ? CollectionType.TIME_SERIES : CollectionType.COLLECTION;
    }

    private static @Nullable UUID uuid(BsonDocument metadata) {
        if (!(metadata.get("uuid") instanceof BsonString text)
                || text.getValue().length() != 2 * UUID_BYTES) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(text.getValue()));
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
