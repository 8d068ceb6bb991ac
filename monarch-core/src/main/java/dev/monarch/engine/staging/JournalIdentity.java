package dev.monarch.engine.staging;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.engine.transfer.OwnCollections;

/**
 * Identifies the journal of a database, to recognise entries that mongorestore or another tool copied from elsewhere.
 *
 * <p>A tool that restores a dump gives each collection a new UUID. A copy of the files keeps the UUIDs, but also
 * everything that an entry refers to.
 *
 * @param database the name of the journal's database
 * @param uuid the UUID of the journal's collection; null if the server has no UUIDs, so that only the name of the
 *     database identifies it
 */
record JournalIdentity(String database, @Nullable BsonValue uuid) {

    private static final String DATABASE = "database";

    private static final String UUID = "journal";

    /**
     * Returns the identity of the journal. Creates the journal if it does not exist, because otherwise it has no
     * UUID.
     */
    static JournalIdentity created(MongoDatabase database) {
        TargetCatalogue catalogue = new TargetCatalogue(database);
        for (int attempt = 1; ; attempt++) {
            try {
                if (catalogue.find(OwnCollections.JOURNAL).isEmpty()) {
                    ServerCommand.createCollection(database, OwnCollections.JOURNAL);
                }
                return of(database, catalogue.find(OwnCollections.JOURNAL));
            } catch (MongoException e) {
                WriteAttempts.pauseBeforeNext(e, attempt);
            }
        }
    }

    static JournalIdentity of(MongoDatabase database, Map<String, TargetCatalogue.Existing> existing) {
        return of(database, Optional.ofNullable(existing.get(OwnCollections.JOURNAL)));
    }

    private static JournalIdentity of(MongoDatabase database, Optional<TargetCatalogue.Existing> journal) {
        return new JournalIdentity(
                database.getName(), journal.map(TargetCatalogue.Existing::uuid).orElse(null));
    }

    /** Records in an entry which journal it belongs to. */
    void mark(BsonDocument entry) {
        entry.append(DATABASE, new BsonString(database));
        if (uuid != null) {
            entry.append(UUID, uuid);
        }
    }

    /**
     * Checks whether an entry belongs to this journal.
     *
     * @return why it does not, as a clause; nothing if it does
     */
    Optional<String> mismatch(BsonDocument entry) {
        if (!(entry.get(DATABASE) instanceof BsonString of)) {
            return Optional.of("it does not name its database");
        }
        if (!of.getValue().equals(database)) {
            return Optional.of("it belongs to the database '" + of.getValue() + "'");
        }
        return Objects.equals(entry.get(UUID), uuid)
                ? Optional.empty()
                : Optional.of("it was written into another journal and copied here");
    }
}
