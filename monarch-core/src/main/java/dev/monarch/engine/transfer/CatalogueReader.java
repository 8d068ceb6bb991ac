package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.Omission;

/**
 * Reads the catalogue of a database. Collections that are not user collections ({@link CollectionOwner}) are listed
 * as omissions.
 */
public final class CatalogueReader {

    private static final int CONCURRENCY = 4;

    /** The buckets of a time series, which are transferred with it. */
    private static final String BUCKETS = "system.buckets.";

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
     * Reads the catalogue.
     *
     * @return the catalogue, with the collections sorted by name
     */
    public Catalogue read() {
        Catalogue catalogue = list();
        List<CollectionDescription> listed = catalogue.collections();
        CollectionDescription[] collections = new CollectionDescription[listed.size()];
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < collections.length; i++) {
            int at = i;
            tasks.add(() -> collections[at] = withIndexes(listed.get(at)));
        }
        // One round trip per collection, and there may be thousands.
        TransferWorkers.runAll("monarch-catalogue", CONCURRENCY, tasks);
        return new Catalogue(database.getName(), List.of(collections), catalogue.omissions());
    }

    /** Reads the catalogue without the indexes: one round trip. */
    Catalogue list() {
        List<CollectionDescription> collections = new ArrayList<>();
        List<Omission> omissions = new ArrayList<>();
        for (BsonDocument listed : database.listCollections(BsonDocument.class)) {
            String name = listed.getString("name").getValue();
            CollectionOwner owner = CollectionOwner.of(name);
            if (owner == CollectionOwner.USER) {
                collections.add(description(listed));
            } else if (!name.startsWith(BUCKETS)) {
                omissions.add(owner.omission(name));
            }
        }
        collections.sort(Comparator.comparing(CollectionDescription::name));
        omissions.sort(Comparator.comparing(Omission::what));
        return new Catalogue(database.getName(), collections, omissions);
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
     * Asks the server for the current UUID of a collection.
     *
     * @param name the name of a collection
     * @return its UUID; null if there is no such collection, or the server reports none
     */
    public @Nullable UUID uuidNow(String name) {
        for (BsonDocument listed :
                database.listCollections(BsonDocument.class).filter(new BsonDocument("name", new BsonString(name)))) {
            // Some servers ignore the filter.
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
