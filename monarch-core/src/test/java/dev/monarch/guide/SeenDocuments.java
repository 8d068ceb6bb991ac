package dev.monarch.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import org.bson.BsonDocument;

import dev.monarch.test.TestMongo;

/** Collects all versions of the documents in some collections, which it reads after each write of a client. */
public final class SeenDocuments implements CommandListener, AutoCloseable {

    private static final Set<String> WRITES = Set.of("insert", "update", "findAndModify", "commitTransaction");

    private final Map<String, List<BsonDocument>> seen = new ConcurrentHashMap<>();

    private final TestMongo mongo;

    private final String database;

    private final MongoClient client;

    /**
     * Opens the client.
     *
     * @param database where the collections are
     * @param collections the collections
     */
    public SeenDocuments(TestMongo mongo, String database, String... collections) {
        this.mongo = mongo;
        this.database = database;
        List.of(collections).forEach(name -> seen.put(name, new CopyOnWriteArrayList<>()));
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .addCommandListener(this)
                .build());
    }

    /** Returns the observed client. */
    public MongoClient client() {
        return client;
    }

    /** Returns the documents that were in a collection. */
    public List<BsonDocument> in(String collection) {
        return List.copyOf(seen.getOrDefault(collection, List.of()));
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        if (WRITES.contains(event.getCommandName())) {
            seen.forEach((name, documents) -> documents.addAll(mongo.client()
                    .getDatabase(database)
                    .getCollection(name, BsonDocument.class)
                    .find()
                    .into(new ArrayList<>())));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
