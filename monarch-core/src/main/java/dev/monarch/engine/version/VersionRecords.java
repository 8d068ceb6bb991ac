package dev.monarch.engine.version;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.engine.transfer.OwnCollections;

/**
 * Reads and writes {@code monarch.versions}: which instances of applications exist, with which versions, and which versions
 * are contracted. Format: {@code docs/format.md}.
 */
public final class VersionRecords {

    private static final String INSTANCE = "_id.instance";

    private static final String COLLECTION = "_id.collection";

    private static final String NAME = "collection";

    private static final String VERSION = "version";

    private static final String CONTRACTED = "contracted";

    private static final String COMPLETE = "complete";

    private static final String ANNOUNCED = "announced";

    private static final String SEEN = "seen";

    private final MongoDatabase database;

    private final MongoCollection<Document> records;

    /**
     * Prepares to use the collection.
     *
     * @param database the database, with Monarch's own client
     */
    public VersionRecords(MongoDatabase database) {
        this.database = database;
        this.records = database.getCollection(OwnCollections.VERSIONS);
    }

    /** An instance, and what it knew when it was seen. */
    public record SeenInstance(
            String name, Map<String, Integer> versions, Map<String, Integer> contracted, Instant seen) {}

    /**
     * The oldest version that the documents of a collection are kept readable for.
     *
     * @param version the version; 0 if nothing was removed yet
     * @param complete whether no document keeps anything for older instances
     * @param announced the version from which instances may start
     */
    public record Contraction(int version, boolean complete, int announced) {}

    /** Records that an instance exists now, on the server's clock. */
    public void beat(String instance, Collection<CollectionVersions> collections) {
        List<Document> known = collections.stream()
                .map(versions -> new Document(NAME, versions.collection())
                        .append(VERSION, versions.newest())
                        .append(CONTRACTED, versions.contracted()))
                .toList();
        records.updateOne(
                new Document("_id", new Document("instance", instance)),
                Updates.combine(Updates.set("versions", known), Updates.currentDate(SEEN)),
                new UpdateOptions().upsert(true));
    }

    /** Records that an instance has ended. */
    public void remove(String instance) {
        records.deleteOne(new Document("_id", new Document("instance", instance)));
    }

    /** {@return all instances that were ever seen and have not ended} */
    public List<SeenInstance> instances() {
        List<SeenInstance> instances = new ArrayList<>();
        records.find(Filters.exists(INSTANCE)).forEach(found -> {
            Map<String, Integer> versions = new LinkedHashMap<>();
            Map<String, Integer> contracted = new LinkedHashMap<>();
            found.getList("versions", Document.class, List.of()).forEach(known -> {
                versions.put(known.getString(NAME), known.getInteger(VERSION));
                contracted.put(known.getString(NAME), known.getInteger(CONTRACTED));
            });
            instances.add(new SeenInstance(
                    found.getEmbedded(List.of("_id", "instance"), String.class),
                    versions,
                    contracted,
                    found.getDate(SEEN).toInstant()));
        });
        return instances;
    }

    /** {@return the contraction of each collection that has one} */
    public Map<String, Contraction> contractions() {
        Map<String, Contraction> contractions = new LinkedHashMap<>();
        records.find(Filters.exists(COLLECTION))
                .forEach(found -> contractions.put(
                        found.getEmbedded(List.of("_id", "collection"), String.class),
                        new Contraction(
                                found.getInteger(CONTRACTED, 0),
                                found.getBoolean(COMPLETE, false),
                                Math.max(found.getInteger(CONTRACTED, 0), found.getInteger(ANNOUNCED, 0)))));
        return contractions;
    }

    /** Lets no instance of an older version start from now on. */
    public void announce(String collection, int version) {
        update(collection, Updates.set(ANNOUNCED, version));
    }

    /** Lets instances of older versions start again. */
    public void withdraw(String collection) {
        update(collection, Updates.unset(ANNOUNCED));
    }

    /** Lets all instances keep nothing for instances of older versions from now on. */
    public void contract(String collection, int version) {
        update(
                collection,
                Updates.combine(
                        Updates.set(CONTRACTED, version), Updates.set(COMPLETE, false), Updates.unset(ANNOUNCED)));
    }

    /** Records that no document keeps anything for older instances. */
    public void complete(String collection) {
        update(collection, Updates.set(COMPLETE, true));
    }

    private void update(String collection, Bson change) {
        records.updateOne(
                new Document("_id", new Document("collection", collection)), change, new UpdateOptions().upsert(true));
    }

    /** {@return the server's clock} */
    public Instant now() {
        BsonDocument hello = ServerCommand.run(database, new BsonDocument("hello", new BsonInt32(1)));
        return Instant.ofEpochMilli(hello.getDateTime("localTime").getValue());
    }
}
