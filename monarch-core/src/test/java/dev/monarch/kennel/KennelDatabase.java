package dev.monarch.kennel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;

import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** The data of a kennel, for tests that transfer it. */
public final class KennelDatabase {

    public static final String HISTORY = "monarch.history";

    public static final LockSettings LOCK = new LockSettings(
            Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMillis(500));

    /** Monarch's own collections, and the server's collection of views, which contains the name of the database. */
    private static final Set<String> NOT_COMPARED = Set.of("monarch.lock", "monarch.journal", "system.views");

    private KennelDatabase() {}

    public static MonarchEnvironment environment(String name, MongoClient client, String database) {
        return MonarchEnvironment.using(name, Protection.OFF, client, database);
    }

    /** Dogs with indexes, cats, an empty collection and a history with a running migration. */
    public static void fill(MongoDatabase database, int dogs) {
        fill(database, "dogs", dogs);
        fill(database, "cats", 10);
        database.getCollection("dogs").createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        database.createCollection("nobody");
        database.getCollection(HISTORY)
                .insertMany(List.of(
                        entry("1", "APPLIED", 1),
                        entry("2", "APPLIED", 4),
                        entry("3", "RUNNING", 5),
                        entry("4", "ROLLING_BACK", 3)));
    }

    public static void fill(MongoDatabase database, String collection, int documents) {
        database.getCollection(collection)
                .insertMany(IntStream.range(0, documents)
                        .mapToObj(i -> new Document("_id", i)
                                .append("name", collection + i)
                                .append(
                                        "note",
                                        Long.toHexString(i * 0x9E3779B97F4A7C15L)
                                                .repeat(20)))
                        .toList());
    }

    public static Document entry(String id, String state, long sequence) {
        return new Document("_id", new Document("scope", "default").append("id", id))
                .append("state", state)
                .append("sequence", sequence);
    }

    /** The content of a database without Monarch's own collections. Equal for equal databases. */
    public static Map<String, List<String>> contents(MongoDatabase database) {
        Map<String, List<String>> contents = new TreeMap<>();
        for (BsonDocument listed : database.listCollections(BsonDocument.class)) {
            String name = listed.getString("name").getValue();
            if (NOT_COMPARED.contains(name) || name.startsWith("monarch.stage.")) {
                continue;
            }
            List<String> content = new ArrayList<>();
            content.add(listed.getDocument("options", new BsonDocument()).toJson());
            if (!listed.getString("type", new BsonString("")).getValue().equals("view")) {
                database.getCollection(name).listIndexes(BsonDocument.class).forEach(index -> {
                    index.remove("ns");
                    content.add(index.toJson());
                });
            }
            List<String> documents = new ArrayList<>();
            database.getCollection(name, BsonDocument.class)
                    .find()
                    .forEach(document -> documents.add(document.toJson()));
            documents.sort(null);
            content.addAll(documents);
            contents.put(name, content);
        }
        return contents;
    }

    /**
     * Returns the states of the migrations in its history.
     *
     * @param database the database
     * @return the states, in the order of the ids
     */
    public static List<String> states(MongoDatabase database) {
        return database.getCollection(HISTORY)
                .find()
                .sort(new Document("_id", 1))
                .map(entry -> entry.getString("state"))
                .into(new ArrayList<>());
    }

    /**
     * Returns its contents without the history.
     *
     * @param database the database
     * @return what {@link #contents} returns, without the history
     */
    public static Map<String, List<String>> withoutHistory(MongoDatabase database) {
        Map<String, List<String>> contents = contents(database);
        contents.remove(HISTORY);
        return contents;
    }
}
