package dev.monarch.spring.boot.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import org.bson.BsonDocument;

import static org.assertj.core.api.Assertions.assertThat;

/** The documents and indexes of a database, without what Monarch itself writes. */
record DatabaseContent(Map<String, List<BsonDocument>> documents, Map<String, List<BsonDocument>> indexes) {

    static DatabaseContent of(MongoDatabase database) {
        Map<String, List<BsonDocument>> documents = new TreeMap<>();
        Map<String, List<BsonDocument>> indexes = new TreeMap<>();
        for (BsonDocument listed : database.listCollections(BsonDocument.class)) {
            String name = listed.getString("name").getValue();
            if (name.startsWith("monarch.") || name.startsWith("system.")) {
                continue;
            }
            MongoCollection<BsonDocument> collection = database.getCollection(name, BsonDocument.class);
            documents.put(name, collection.find().sort(Sorts.ascending("_id")).into(new ArrayList<>()));
            if (!listed.getString("type").getValue().equals("view")) {
                indexes.put(name, collection.listIndexes(BsonDocument.class).into(new ArrayList<>()));
            }
        }
        return new DatabaseContent(documents, indexes);
    }

    void requireEqual(DatabaseContent after, String migration) {
        assertThat(after.documents.keySet())
                .as("collections after '%s' has run again", migration)
                .isEqualTo(documents.keySet());
        documents.forEach((collection, before) -> assertThat(after.documents.get(collection))
                .as("documents of '%s' after '%s' has run again", collection, migration)
                .isEqualTo(before));
        indexes.forEach((collection, before) -> assertThat(after.indexes.get(collection))
                .as("indexes of '%s' after '%s' has run again", collection, migration)
                .isEqualTo(before));
    }
}
