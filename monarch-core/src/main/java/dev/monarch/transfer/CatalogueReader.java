package dev.monarch.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Reads what a database holds; the server's own collections and Monarch's are left out, {@code system.js} is not. */
public final class CatalogueReader {

    private static final int AT_ONCE = 4;

    private static final String SYSTEM = "system.";

    private static final String SYSTEM_JS = "system.js";

    private static final BsonDocument NOTHING = new BsonDocument();

    private final MongoDatabase database;

    /**
     * Creates a reader.
     *
     * @param database the database; the catalogue is read from its primary
     */
    public CatalogueReader(MongoDatabase database) {
        this.database = database;
    }

    /**
     * Reads the catalogue, the collections in the order of their names.
     *
     * @return the catalogue
     */
    public Catalogue read() {
        List<CollectionDescription> listed = list().collections();
        CollectionDescription[] collections = new CollectionDescription[listed.size()];
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < collections.length; i++) {
            int at = i;
            tasks.add(() -> collections[at] = withIndexes(listed.get(at)));
        }
        // One round trip for each, of which there may be thousands.
        TransferWorkers.runAll("monarch-catalogue", AT_ONCE, tasks);
        return new Catalogue(database.getName(), List.of(collections));
    }

    /** Reads the catalogue without the indexes: one round trip. */
    Catalogue list() {
        List<CollectionDescription> collections = new ArrayList<>();
        for (BsonDocument listed : database.listCollections(BsonDocument.class)) {
            if (travels(listed.getString("name").getValue())) {
                collections.add(description(listed));
            }
        }
        collections.sort(Comparator.comparing(CollectionDescription::name));
        return new Catalogue(database.getName(), collections);
    }

    private static boolean travels(String name) {
        return !OwnCollections.contains(name) && (!name.startsWith(SYSTEM) || name.equals(SYSTEM_JS));
    }

    private static CollectionDescription description(BsonDocument listed) {
        return new CollectionDescription(
                listed.getString("name").getValue(),
                CollectionType.of(listed.getString("type", new BsonString("")).getValue()),
                listed.getDocument("options", NOTHING),
                List.of(),
                uuid(listed));
    }

    private CollectionDescription withIndexes(CollectionDescription collection) {
        if (collection.type() == CollectionType.VIEW) {
            return collection;
        }
        List<BsonDocument> indexes = database.getCollection(collection.name())
                .listIndexes(BsonDocument.class)
                .into(new ArrayList<>());
        return new CollectionDescription(
                collection.name(), collection.type(), collection.options(), indexes, collection.uuid());
    }

    /**
     * Asks which collection stands under a name now.
     *
     * @param name the name of a collection
     * @return its UUID; null if there is none, or the server gives none
     */
    public @Nullable UUID uuidNow(String name) {
        for (BsonDocument listed :
                database.listCollections(BsonDocument.class).filter(new BsonDocument("name", new BsonString(name)))) {
            // Not every server heeds the filter.
            if (listed.getString("name").getValue().equals(name)) {
                return uuid(listed);
            }
        }
        return null;
    }

    private static @Nullable UUID uuid(BsonDocument listed) {
        return listed.getDocument("info", NOTHING).get("uuid") instanceof BsonBinary uuid ? uuid.asUuid() : null;
    }
}
