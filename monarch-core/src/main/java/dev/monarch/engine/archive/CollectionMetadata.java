package dev.monarch.engine.archive;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.Namespace;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Reads and writes the JSON in which mongodump describes a collection: {@code options}, {@code indexes}, {@code
 * uuid}, {@code collectionName} and {@code type}. It is canonical Extended JSON v2. Old tools wrote relaxed Extended
 * JSON with fewer fields.
 *
 * <p>If Extended JSON cannot express the options and indexes ({@link ExtendedJson}), an additional field {@code bson}
 * holds them. mongorestore ignores this field; Monarch uses it instead of the JSON. Options and indexes that
 * mongorestore could not parse are only in this field.
 */
final class CollectionMetadata {

    private static final int UUID_BYTES = 16;

    private CollectionMetadata() {}

    static ArchivedCollection write(String database, CollectionDescription collection) {
        boolean exact = isExact(collection);
        BsonDocument metadata = new BsonDocument();
        BsonDocument options = collection.options();
        if (!options.isEmpty() && (exact || ExtendedJson.isReadable(options))) {
            metadata.append("options", options);
        }
        metadata.append(
                "indexes",
                new BsonArray(collection.indexes().stream()
                        .filter(index -> exact || ExtendedJson.isReadable(index))
                        .toList()));
        UUID uuid = collection.uuid();
        if (uuid != null) {
            metadata.append("uuid", new BsonString(uuid.toString().replace("-", "")));
        }
        metadata.append("collectionName", new BsonString(collection.name()));
        metadata.append("type", new BsonString(collection.type().wireName()));
        if (!exact) {
            metadata.append("bson", new BsonString(Base64Bson.encode(collection)));
        }
        return new ArchivedCollection(
                new Namespace(database, collection.name()),
                ExtendedJson.write(metadata),
                collection.type().wireName());
    }

    /** {@return whether Extended JSON can express all options and indexes} */
    static boolean isExact(CollectionDescription collection) {
        return ExtendedJson.isExact(new BsonDocument("options", collection.options())
                .append("indexes", new BsonArray(collection.indexes())));
    }

    /** Reads a description. A missing field has the meaning that it had in old tools. */
    static CollectionDescription read(ArchivedCollection archived) {
        BsonDocument metadata =
                archived.metadata().isEmpty() ? new BsonDocument() : ExtendedJson.read(archived.metadata());
        BsonDocument definition =
                metadata.get("bson") instanceof BsonString exact ? Base64Bson.decode(exact.getValue()) : metadata;
        BsonDocument options =
                present(definition, "options", new BsonDocument()).asDocument();
        List<BsonDocument> indexes = present(definition, "indexes", new BsonArray()).asArray().stream()
                .map(BsonValue::asDocument)
                .toList();
        return new CollectionDescription(
                archived.namespace().collection(), type(archived.type(), options), options, indexes, uuid(metadata));
    }

    /** The archive has the type of a collection next to its metadata; a directory has it among them, if at all. */
    static ArchivedCollection named(Namespace namespace, String metadata) {
        BsonDocument read = ExtendedJson.read(metadata);
        String word = read.get("type") instanceof BsonString text ? text.getValue() : "";
        CollectionType type =
                read(new ArchivedCollection(namespace, metadata, word)).type();
        return new ArchivedCollection(namespace, metadata, type.wireName());
    }

    static Optional<String> nameIn(String metadata) {
        return ExtendedJson.read(metadata).get("collectionName") instanceof BsonString name
                ? Optional.of(name.getValue())
                : Optional.empty();
    }

    static Optional<Namespace> namespaceIn(String metadata) {
        if (!(ExtendedJson.read(metadata).get("indexes") instanceof BsonArray indexes)) {
            return Optional.empty();
        }
        return indexes.stream()
                .filter(BsonValue::isDocument)
                .map(index -> index.asDocument().get("ns"))
                .filter(BsonString.class::isInstance)
                .map(namespace -> namespace.asString().getValue())
                .filter(namespace -> namespace.indexOf('.') > 0)
                .map(namespace -> new Namespace(
                        namespace.substring(0, namespace.indexOf('.')),
                        namespace.substring(namespace.indexOf('.') + 1)))
                .findFirst();
    }

    private static BsonValue present(BsonDocument document, String field, BsonValue otherwise) {
        BsonValue value = document.get(field);
        return value == null || value.isNull() ? otherwise : value;
    }

    /**
     * With {@code --viewsAsCollections}, mongodump writes the type view for a view that it dumped as a collection.
     * Only a real view has {@code viewOn}.
     */
    private static CollectionType type(String word, BsonDocument options) {
        if (options.containsKey("viewOn")) {
            return CollectionType.VIEW;
        }
        if (options.containsKey("timeseries")) {
            return CollectionType.TIME_SERIES;
        }
        CollectionType type = CollectionType.of(word);
        return type == CollectionType.VIEW ? CollectionType.COLLECTION : type;
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
