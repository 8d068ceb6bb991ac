package dev.monarch.test;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Inserts entries into the journal of replacements, as a run in the same database would have written them. */
public final class JournalEntries {

    private static final String JOURNAL = "monarch.journal";

    private JournalEntries() {}

    /**
     * Inserts an entry.
     *
     * @param database the database
     * @param entry the entry, without the fields that identify the journal
     */
    public static void insert(MongoDatabase database, Document entry) {
        if (listed(database, JOURNAL).isEmpty()) {
            database.createCollection(JOURNAL);
        }
        Document own = new Document(entry).append("database", database.getName());
        listed(database, JOURNAL)
                .map(listed -> listed.get("info", new Document()).get("uuid"))
                .ifPresent(uuid -> own.append("journal", uuid));
        database.getCollection(JOURNAL).insertOne(own);
    }

    /**
     * Describes a swap of which nothing is done yet.
     *
     * @param state the state in the journal
     * @param steps its steps
     * @return an entry with the id {@code 1a2b3c4d}
     */
    public static Document swap(String state, Bson... steps) {
        return new Document("_id", "1a2b3c4d")
                .append("state", state)
                .append("purpose", "restore into")
                .append("host", "web-1:4711")
                .append("since", new Date(0))
                .append("done", 0)
                .append("steps", List.of(steps));
    }

    /**
     * Inserts a swap that was interrupted before its only step, which creates the view {@code puppies} on {@code dogs}.
     *
     * @param database the database
     */
    public static void insertInterruptedSwap(MongoDatabase database) {
        Document options = new Document("viewOn", "dogs").append("pipeline", List.of());
        insert(database, swap("SWAPPING", step("CREATE_VIEW", "puppies").append("options", options)));
    }

    /**
     * Describes a step.
     *
     * @param kind its kind in the journal
     * @param target the collection that it changes
     * @return the step
     */
    public static Document step(String kind, String target) {
        return new Document("kind", kind).append("target", target);
    }

    /**
     * Describes a collection as a step that replaces it does: by its UUID, or by its type and options if the server
     * assigns no UUID.
     *
     * @param database the database
     * @param collection the collection
     * @return its identity
     */
    public static Document identity(MongoDatabase database, String collection) {
        Document listed = listed(database, collection)
                .orElseThrow(() -> new AssertionError("There is no collection '" + collection + "'"));
        Object uuid = listed.get("info", new Document()).get("uuid");
        return uuid != null
                ? new Document("uuid", uuid)
                : new Document("type", "COLLECTION").append("options", listed.get("options", new Document()));
    }

    /**
     * Inserts an entry that another tool brought from the database {@code shop}.
     *
     * @param database the database
     * @param steps its steps
     */
    public static void insertForeign(MongoDatabase database, Bson... steps) {
        database.getCollection(JOURNAL).insertOne(swap("SWAPPING", steps).append("database", "shop"));
    }

    private static Optional<Document> listed(MongoDatabase database, String collection) {
        return database.listCollections().into(new ArrayList<>()).stream()
                .filter(each -> Objects.equals(each.getString("name"), collection))
                .findFirst();
    }
}
