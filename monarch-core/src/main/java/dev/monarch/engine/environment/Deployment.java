package dev.monarch.engine.environment;

import java.time.Instant;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * The capabilities of a deployment, from the server's {@code hello} reply.
 *
 * @param sessions whether it supports server sessions, whose operations can be found and killed
 * @param transactions whether it supports multi-document transactions: a replica set or a sharded cluster
 * @param snapshots whether it supports snapshot reads outside transactions: the same, with MongoDB 5.0 or later
 * @param topology its type, for display: {@code standalone}, {@code replica set rs0}, {@code sharded cluster}
 */
public record Deployment(boolean sessions, boolean transactions, boolean snapshots, String topology) {

    /** The server's error code for a command that it does not have. */
    public static final int COMMAND_NOT_FOUND = 59;

    /** MongoDB 5.0, the first version with snapshot reads outside transactions. */
    private static final int WIRE_VERSION_WITH_SNAPSHOTS = 13;

    private static final String STANDALONE = "standalone";

    private static final String SHARDED_CLUSTER = "sharded cluster";

    /**
     * Queries the server. One round trip.
     *
     * @param client a client of the deployment
     * @return its capabilities
     */
    public static Deployment of(MongoCluster client) {
        BsonDocument hello = hello(client.getDatabase("admin"));
        boolean sessions = hello.containsKey("logicalSessionTimeoutMinutes");
        String topology = topology(hello);
        boolean transactions = sessions && !topology.equals(STANDALONE);
        boolean snapshots = transactions
                && hello.getNumber("maxWireVersion", new BsonInt32(0)).intValue() >= WIRE_VERSION_WITH_SNAPSHOTS;
        return new Deployment(sessions, transactions, snapshots, topology);
    }

    /**
     * Queries the server's time. One round trip.
     *
     * @param database a database of the deployment
     * @return the time of the server that answered
     */
    public static Instant timeOf(MongoDatabase database) {
        return Instant.ofEpochMilli(hello(database).getDateTime("localTime").getValue());
    }

    /**
     * Tells whether the deployment is a sharded cluster, accessed through mongos.
     *
     * @return true if collections can be sharded
     */
    public boolean isSharded() {
        return topology.equals(SHARDED_CLUSTER);
    }

    private static String topology(BsonDocument hello) {
        if (hello.get("setName") instanceof BsonString name) {
            return "replica set " + name.getValue();
        }
        boolean mongos = hello.getString("msg", new BsonString("")).getValue().equals("isdbgrid");
        return mongos ? SHARDED_CLUSTER : STANDALONE;
    }

    private static BsonDocument hello(MongoDatabase database) {
        try {
            return database.runCommand(new BsonDocument("hello", new BsonInt32(1)), BsonDocument.class);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != COMMAND_NOT_FOUND) {
                throw e;
            }
            return database.runCommand(new BsonDocument("isMaster", BsonBoolean.TRUE), BsonDocument.class);
        }
    }
}
