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
 * Server sessions whose client died or gave up, and the operations that they still have on the server.
 *
 * <p>The server does not stop an update, a delete or an index build when its client dies. A user needs no privilege
 * to end their own sessions and to see their own operations.
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

    /** The state of the sessions' operations, as the server reports it. */
    enum OperationState {

        /** No operation is running. */
        ENDED,

        /** An operation is still running. */
        RUNNING,

        /** The server did not answer. It may answer the next time. */
        UNREACHABLE,

        /** The server does not show operations: the command is unknown, not permitted, or not in the Stable API. */
        HIDDEN
    }

    /**
     * Asks the server to end the sessions. Their operations may take a moment to end.
     *
     * @return false if the server did not answer and must be asked again
     */
    boolean kill() {
        return kill(refusal -> log.warn(
                "The server refused to end the sessions of a former holder of the lock ({}); their operations end when"
                        + " they are done",
                refusal));
    }

    /**
     * Asks the server to end the sessions. The caller handles a refusal.
     *
     * @param refused receives the server's message if it refused
     */
    boolean kill(Consumer<String> refused) {
        try {
            ServerCommand.run(client.getDatabase("admin"), new BsonDocument("killSessions", sessions));
            return true;
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            if (TransientFailure.is(e)) {
                log.debug("The server did not answer killSessions", e);
                return false;
            }
            refused.accept(String.valueOf(e.getMessage()));
            return true;
        }
    }

    /** Asks the server whether an operation of the sessions is running. */
    OperationState operations() {
        BsonArray ids = new BsonArray();
        sessions.forEach(session -> ids.add(session.asDocument().get("id")));
        List<BsonDocument> pipeline = List.of(
                new BsonDocument("$currentOp", new BsonDocument("allUsers", BsonBoolean.FALSE)),
                new BsonDocument("$match", new BsonDocument("lsid.id", new BsonDocument("$in", ids))),
                new BsonDocument("$count", new BsonString("operations")));
        return query(() -> client.getDatabase("admin")
                        .aggregate(pipeline, BsonDocument.class)
                        .first()
                != null);
    }

    /**
     * Asks the server whether an operation of the sessions is running, or an index is being built in this database.
     */
    OperationState operationsAndIndexBuilds() {
        OperationState operations = operations();
        return operations == OperationState.ENDED ? query(this::isBuildingIndexes) : operations;
    }

    /** A query for running operations. */
    private interface OperationQuery {
        boolean isRunning();
    }

    /** {@return the server's message that says why it does not show operations} */
    String hiddenBecause() {
        return hiddenBecause;
    }

    private OperationState query(OperationQuery operations) {
        try {
            return operations.isRunning() ? OperationState.RUNNING : OperationState.ENDED;
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            if (TransientFailure.is(e)) {
                log.debug("The server did not say which operations are running; asking again", e);
                return OperationState.UNREACHABLE;
            }
            hiddenBecause = String.valueOf(e.getMessage());
            return OperationState.HIDDEN;
        }
    }

    /** The server builds an index on its own thread, without the id of the session. */
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
            // A view, a collection that was dropped meanwhile, or a server that does not know the option: it shows no
            // index builds.
            log.debug("The server does not show index builds of {}", collection, e);
            return false;
        }
    }
}
