package dev.monarch.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/** Entries of the journal of replacements, as a run in that very database would have written them. */
public final class JournalEntries {

    private static final String JOURNAL = "monarch.journal";

    private JournalEntries() {}

    /**
     * Inserts an entry.
     *
     * @param database where
     * @param entry the entry, without what says of which journal it is
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
