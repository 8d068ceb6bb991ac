package dev.monarch.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server sessions whose client is gone or has lost its lock, and what they still have at work on the server.
 *
 * <p>The server does not stop an update, a delete or an index build when its client dies. Ending one's own user's
 * sessions, and seeing their operations, needs no privilege.
 */
final class AbandonedSessions {

    private static final Logger log = LoggerFactory.getLogger(AbandonedSessions.class);

    private final MongoClient client;

    private final MongoDatabase database;

    private final BsonArray sessions;

    AbandonedSessions(MongoClient client, MongoDatabase database, List<BsonDocument> sessions) {
        this.client = client;
        this.database = database;
        this.sessions = new BsonArray(sessions);
    }

    /** Asks the server to end them; their operations may take a moment to notice. */
    void kill() {
        try {
            client.getDatabase("admin").runCommand(new BsonDocument("killSessions", sessions));
        } catch (MongoException e) {
            log.warn(
                    "The server did not end the sessions of a former holder of the lock ({}); waiting for their operations"
                            + " to end by themselves",
                    e.getMessage());
        }
    }

    /** Tells whether something of theirs is still at work, or an index is being built in this database. */
    boolean areAtWork() {
        return operations() > 0 || isBuildingIndexes();
    }

    private long operations() {
        BsonArray ids = new BsonArray();
        sessions.forEach(session -> ids.add(session.asDocument().get("id")));
        List<BsonDocument> pipeline = List.of(
                new BsonDocument("$currentOp", new BsonDocument("allUsers", BsonBoolean.FALSE)),
                new BsonDocument("$match", new BsonDocument("lsid.id", new BsonDocument("$in", ids))),
                new BsonDocument("$count", new BsonString("operations")));
        Document counted = client.getDatabase("admin").aggregate(pipeline).first();
        return counted == null ? 0 : counted.get("operations", Number.class).longValue();
    }

    /** An index build runs on a thread of the server's own, without the session's id. */
    private boolean isBuildingIndexes() {
        for (String collection : database.listCollectionNames()) {
            if (!collection.startsWith("system.") && isBuildingIndexesOf(collection)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBuildingIndexesOf(String collection) {
        try {
            BsonDocument answer = database.runCommand(
                    new BsonDocument("listIndexes", new BsonString(collection))
                            .append("includeBuildUUIDs", BsonBoolean.TRUE)
                            .append("cursor", new BsonDocument("batchSize", new BsonInt32(100))),
                    BsonDocument.class);
            List<BsonValue> indexes =
                    new ArrayList<>(answer.getDocument("cursor").getArray("firstBatch"));
            return indexes.stream().anyMatch(index -> index.asDocument().containsKey("buildUUID"));
        } catch (MongoException e) {
            // A view, or dropped meanwhile, or a server that does not know the option: then there is nothing to see.
            log.debug("No index builds to be seen on {}", collection, e);
            return false;
        }
    }

    /** Returns how long to leave the server alone between two looks. */
    static Duration pauseBetweenLooks() {
        return Duration.ofMillis(100);
    }
}
