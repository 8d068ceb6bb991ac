package dev.monarch.engine.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Server sessions whose client is gone or has given up, and what they still have at work on the server.
 *
 * <p>The server does not stop an update, a delete or an index build when its client dies. Ending one's own user's
 * sessions, and seeing their operations, needs no privilege.
 */
final class AbandonedSessions {

    private static final Logger log = LoggerFactory.getLogger(AbandonedSessions.class);

    private final MongoCluster client;

    private final MongoDatabase database;

    private final BsonArray sessions;

    private String hiddenBecause = "";

    AbandonedSessions(MonarchEnvironment environment, List<BsonDocument> sessions) {
        this.client = environment.ownClient();
        this.database = environment.ownDatabase();
        this.sessions = new BsonArray(sessions);
    }

    /** What the server says of their operations. */
    enum Sight {

        /** Nothing of theirs is at work. */
        ENDED,

        /** Something of theirs is at work. */
        AT_WORK,

        /** The server did not answer; it may at the next look. */
        UNREACHABLE,

        /** The server does not show operations: the command is unknown, not allowed or not in the Stable API. */
        HIDDEN
    }

    /**
     * Asks the server to end them; their operations may take a moment to notice.
     *
     * @return false if the server did not answer, and is to be asked again
     */
    boolean kill() {
        return kill(refusal -> log.warn(
                "The server refused to end the sessions of a former holder of the lock ({}); their operations end when"
                        + " they are done",
                refusal));
    }

    /**
     * The same, for a caller that says itself what a refusal means.
     *
     * @param refused told why the server refused, in its own words
     */
    boolean kill(Consumer<String> refused) {
        try {
            ServerCommand.run(client.getDatabase("admin"), new BsonDocument("killSessions", sessions));
            return true;
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            if (TransientFailure.is(e)) {
                log.debug("The server did not answer to killSessions", e);
                return false;
            }
            refused.accept(String.valueOf(e.getMessage()));
            return true;
        }
    }

    /** Looks whether an operation of theirs is at work. */
    Sight operations() {
        BsonArray ids = new BsonArray();
        sessions.forEach(session -> ids.add(session.asDocument().get("id")));
        List<BsonDocument> pipeline = List.of(
                new BsonDocument("$currentOp", new BsonDocument("allUsers", BsonBoolean.FALSE)),
                new BsonDocument("$match", new BsonDocument("lsid.id", new BsonDocument("$in", ids))),
                new BsonDocument("$count", new BsonString("operations")));
        return see(() -> client.getDatabase("admin")
                        .aggregate(pipeline, BsonDocument.class)
                        .first()
                != null);
    }

    /** Looks whether an operation of theirs is at work, or an index is being built in this database. */
    Sight operationsAndIndexBuilds() {
        Sight operations = operations();
        return operations == Sight.ENDED ? see(this::isBuildingIndexes) : operations;
    }

    /** Something to ask the server. */
    private interface Question {
        boolean ask();
    }

    /** Returns why the server shows nothing, in its own words. */
    String hiddenBecause() {
        return hiddenBecause;
    }

    private Sight see(Question atWork) {
        try {
            return atWork.ask() ? Sight.AT_WORK : Sight.ENDED;
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            if (TransientFailure.is(e)) {
                log.debug("Looking again what is at work on the server", e);
                return Sight.UNREACHABLE;
            }
            hiddenBecause = String.valueOf(e.getMessage());
            return Sight.HIDDEN;
        }
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
            BsonDocument answer = ServerCommand.run(
                    database,
                    new BsonDocument("listIndexes", new BsonString(collection))
                            .append("includeBuildUUIDs", BsonBoolean.TRUE)
                            .append("cursor", new BsonDocument("batchSize", new BsonInt32(100))));
            List<BsonValue> indexes =
                    new ArrayList<>(answer.getDocument("cursor").getArray("firstBatch"));
            return indexes.stream().anyMatch(index -> index.asDocument().containsKey("buildUUID"));
        } catch (MongoException e) {
            if (TransientFailure.is(e) || e instanceof MongoInterruptedException) {
                throw e;
            }
            // A view, or dropped meanwhile, or a server that does not know the option: then there is nothing to see.
            log.debug("No index builds to be seen on {}", collection, e);
            return false;
        }
    }
}
