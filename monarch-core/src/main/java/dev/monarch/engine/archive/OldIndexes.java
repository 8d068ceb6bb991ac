package dev.monarch.engine.archive;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import dev.monarch.DamagedArchiveException;

/**
 * Reads the collection {@code system.indexes} of servers before 3.0. mongodump before 2.4 wrote no metadata, so only
 * this collection has the indexes.
 */
public final class OldIndexes {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private OldIndexes() {}

    /**
     * Reads the indexes of all collections.
     *
     * @param stream the documents of the collection
     * @param file the path of the file, for messages
     * @return the JSON text of a {@code metadata.json} by collection
     * @throws DamagedArchiveException if the file does not consist of valid documents
     */
    public static Map<String, String> metadata(InputStream stream, String file) {
        Map<String, BsonArray> indexes = new HashMap<>();
        DocumentReader.readFile(stream, file, batch -> batch.split().forEach(index -> add(index, indexes)));
        Map<String, String> metadata = new HashMap<>();
        indexes.forEach(
                (collection, all) -> metadata.put(collection, ExtendedJson.write(new BsonDocument("indexes", all))));
        return metadata;
    }

    private static void add(RawBsonDocument raw, Map<String, BsonArray> indexes) {
        BsonDocument index = raw.decode(CODEC);
        if (index.get("ns") instanceof BsonString namespace
                && namespace.getValue().indexOf('.') > 0) {
            String name = namespace.getValue();
            indexes.computeIfAbsent(name.substring(name.indexOf('.') + 1), key -> new BsonArray())
                    .add(index);
        }
    }
}
