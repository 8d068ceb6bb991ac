package dev.monarch.engine.staging;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.engine.transfer.OwnCollections;

/**
 * Which journal this is, so that entries are told apart that mongorestore or another tool brought from elsewhere.
 *
 * <p>A tool that restores a dump gives each collection a new UUID. A copy of the files keeps the UUIDs, and all that an entry
 * refers to comes with it.
 *
 * @param database the name of its database
 * @param uuid the UUID of its collection; null where a server has none, so that only the name of the database tells
 */
record JournalPlace(String database, @Nullable BsonValue uuid) {

    private static final String DATABASE = "database";

    private static final String UUID = "journal";

    private static final int NAMESPACE_EXISTS = 48;

    /** Looks which journal is there, and creates it if there is none: what is not there has no UUID. */
    static JournalPlace created(MongoDatabase database) {
        TargetCatalogue catalogue = new TargetCatalogue(database);
        for (int attempt = 1; ; attempt++) {
            try {
                if (catalogue.find(OwnCollections.JOURNAL).isEmpty()) {
                    create(database);
                }
                return of(database, catalogue.find(OwnCollections.JOURNAL));
            } catch (MongoException e) {
                WriteAttempts.pauseBeforeNext(e, attempt);
            }
        }
    }

    private static void create(MongoDatabase database) {
        try {
            ServerCommand.write(database, new BsonDocument("create", new BsonString(OwnCollections.JOURNAL)));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NAMESPACE_EXISTS) {
                throw e;
            }
        }
    }

    static JournalPlace of(MongoDatabase database, Map<String, TargetCatalogue.Standing> standing) {
        return of(database, Optional.ofNullable(standing.get(OwnCollections.JOURNAL)));
    }

    private static JournalPlace of(MongoDatabase database, Optional<TargetCatalogue.Standing> journal) {
        return new JournalPlace(
                database.getName(), journal.map(TargetCatalogue.Standing::uuid).orElse(null));
    }

    /** Writes into an entry which journal it belongs to. */
    void mark(BsonDocument entry) {
        entry.append(DATABASE, new BsonString(database));
        if (uuid != null) {
            entry.append(UUID, uuid);
        }
    }

    /**
     * Looks whether an entry belongs to this journal.
     *
     * @return why it does not, as a clause; nothing if it does
     */
    Optional<String> misfit(BsonDocument entry) {
        if (!(entry.get(DATABASE) instanceof BsonString of)) {
            return Optional.of("it does not say which database it is of");
        }
        if (!of.getValue().equals(database)) {
            return Optional.of("it is of the database '" + of.getValue() + "'");
        }
        return Objects.equals(entry.get(UUID), uuid)
                ? Optional.empty()
                : Optional.of("it was written into another journal and copied here");
    }
}
