package dev.monarch.engine.original;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

import dev.monarch.engine.Sha256;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The collections with originals in one environment.
 *
 * <pre>{@code
 * { _id: { scope: "default", change: "202612011200-weight-in-kg", collection: "dogs" },
 *   originals: "monarch.originals.9f86d081884c7d65",    // the first 16 digits of the SHA-256 of the _id
 *   migration: true }                                  // absent for a backfill
 * }</pre>
 */
public final class KeptOriginals {

    private static final int DIGEST_BYTES = 8;

    private static final String MIGRATION = "migration";

    private final MongoDatabase database;

    private final MongoCollection<BsonDocument> catalogue;

    private final String scope;

    /**
     * @param environment the environment
     * @param scope distinguishes several applications in one database
     */
    public KeptOriginals(MonarchEnvironment environment, String scope) {
        this.database = environment.ownDatabase();
        this.catalogue = database.getCollection(OwnCollections.ORIGINALS, BsonDocument.class);
        this.scope = scope;
    }

    /**
     * Returns the originals of one collection, for writing.
     *
     * @param change the id of the change
     * @param collection the name of the collection
     * @return the originals, which may exist already
     */
    public Originals of(String change, String collection) {
        return of(change, collection, Updates.unset(MIGRATION));
    }

    /**
     * Returns the originals of one collection, for writing by a migration.
     *
     * @param migration the id of the migration
     * @param collection the name of the collection
     * @return the originals, which may exist already
     */
    public Originals ofMigration(String migration, String collection) {
        return of(migration, collection, Updates.set(MIGRATION, true));
    }

    private Originals of(String change, String collection, Bson kind) {
        BsonDocument key = new BsonDocument("scope", new BsonString(scope))
                .append("change", new BsonString(change))
                .append("collection", new BsonString(collection));
        String name = OwnCollections.ORIGINALS + "." + digest(key);
        catalogue.updateOne(
                Filters.eq("_id", key),
                Updates.combine(Updates.set("originals", name), kind),
                new UpdateOptions().upsert(true));
        return originals(collection, name);
    }

    private static String digest(BsonDocument key) {
        byte[] bytes = key.toJson().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Sha256.begin().digest(bytes), 0, DIGEST_BYTES);
    }

    /**
     * Returns the originals of a change.
     *
     * @param change its id
     * @return the originals, one for each collection; empty if nothing was kept
     */
    public List<Originals> of(String change) {
        return catalogue
                .find(ofChange(change))
                .sort(Sorts.ascending("_id"))
                .map(found -> originals(
                        found.getDocument("_id").getString("collection").getValue(),
                        found.getString("originals").getValue()))
                .into(new ArrayList<>());
    }

    /**
     * Removes the originals of a change.
     *
     * @param change its id
     */
    public void remove(String change) {
        of(change).forEach(Originals::drop);
        catalogue.deleteMany(ofChange(change));
    }

    /**
     * Tells whether a change is a migration.
     *
     * @param change its id
     * @return whether a migration has kept originals under this id
     */
    public boolean isMigration(String change) {
        return catalogue.countDocuments(Filters.and(ofChange(change), Filters.eq(MIGRATION, true))) > 0;
    }

    /** {@return the ids of the changes with originals} */
    public Set<String> changes() {
        return catalogue
                .find(Filters.eq("_id.scope", scope))
                .map(found -> found.getDocument("_id").getString("change").getValue())
                .into(new TreeSet<>());
    }

    private Bson ofChange(String change) {
        return Filters.and(Filters.eq("_id.scope", scope), Filters.eq("_id.change", change));
    }

    private Originals originals(String source, String name) {
        return new Originals(source, database.getCollection(name, BsonDocument.class));
    }
}
