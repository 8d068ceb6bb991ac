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

    private CollectionDescription description(BsonDocument listed) {
        String name = listed.getString("name").getValue();
        CollectionType type =
                CollectionType.of(listed.getString("type", new BsonString("")).getValue());
        return new CollectionDescription(
                name,
                type,
                listed.getDocument("options", NOTHING),
                type == CollectionType.VIEW ? List.of() : indexes(name),
                uuid(listed));
    }

    private List<BsonDocument> indexes(String name) {
        return database.getCollection(name).listIndexes(BsonDocument.class).into(new ArrayList<>());
    }

    /**
     * Asks which collection stands under a name now.
     *
     * @param name the name of a collection
     * @return its UUID; null if there is none, or the server gives none
     */
    @Nullable
    UUID uuidNow(String name) {
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
