package dev.monarch.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;

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
        if (infos(database).isEmpty()) {
            database.createCollection(JOURNAL);
        }
        Document own = new Document(entry).append("database", database.getName());
        infos(database).stream()
                .filter(info -> info.containsKey("uuid"))
                .forEach(info -> own.append("journal", info.get("uuid")));
        database.getCollection(JOURNAL).insertOne(own);
    }

    private static List<Document> infos(MongoDatabase database) {
        return database.listCollections().into(new ArrayList<>()).stream()
                .filter(listed -> Objects.equals(listed.getString("name"), JOURNAL))
                .map(listed -> listed.get("info", new Document()))
                .toList();
    }
}
