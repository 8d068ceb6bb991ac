package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.environment.Privileges;
import dev.monarch.engine.server.ServerCommand;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Measures a server by reading one document by its {@code _id}, and, if the transfer writes, by an update that matches
 * nothing: it passes the same queues as the writes of others, and changes nothing.
 *
 * <p>If the user may read {@code serverStatus}, operations of the other kind than the transfer's count as well: writes of
 * others while we read, reads of others while we write. For one thread.
 */
final class DatabaseProbe implements ServerProbe {

    private static final Logger log = LoggerFactory.getLogger(DatabaseProbe.class);

    /** No document has this id. */
    private static final String UNUSED_ID = "unused id of a probe";

    /** As many operations may wait in the server's queue. */
    private static final double QUEUE = 8;

    /** Half of the lag at which the server's flow control starts ({@code flowControlTargetLagSeconds}). */
    private static final Duration LAG = Duration.ofSeconds(5);

    /** A lower average latency is never a sign of load, in microseconds. */
    private static final double NOISE_MICROS = 2_000;

    /** The average latency may be this many times the one since the server started. */
    private static final double BOUND = 2;

    /** An average of fewer operations says nothing. */
    private static final double ENOUGH = 20;

    private static final String[] UNUSED = {
        "metrics", "locks", "wiredTiger", "tcmalloc", "repl", "network", "transactions"
    };

    private final MonarchEnvironment environment;

    private final MongoCollection<Document> collection;

    private final boolean writes;

    private final LagThrottle members;

    private final Map<String, Double> before = new HashMap<>();

    private boolean findAllowed = true;

    private boolean statusAllowed = true;

    DatabaseProbe(MonarchEnvironment environment, ReadPreference member, boolean writes) {
        this.environment = environment;
        this.collection = environment
                .ownDatabase()
                .getCollection(OwnCollections.LOCK)
                .withReadPreference(member)
                .withWriteConcern(WriteConcern.W1);
        this.writes = writes;
        this.members = new LagThrottle(environment.name(), environment::ownClusterDescription);
    }

    @Override
    public boolean writes() {
        return writes;
    }

    /** A failed operation counts as a slow one: the driver has tried it again. */
    @Override
    public long measure() {
        long begun = System.nanoTime();
        try {
            if (findAllowed) {
                collection.find(Filters.eq(UNUSED_ID)).first();
            } else {
                ServerCommand.run(environment.ownDatabase(), new BsonDocument("ping", new BsonInt32(1)));
            }
            if (writes) {
                collection.updateOne(Filters.eq(UNUSED_ID), Updates.set("at", 1));
            }
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            findAllowed = findAllowed && e.getCode() != Privileges.UNAUTHORIZED;
            log.debug("An operation that measures '{}' failed", environment.name(), e);
        }
        return System.nanoTime() - begun;
    }

    @Override
    public double reported() {
        double lag = (double) members.lag().toMillis() / LAG.toMillis();
        return statusAllowed ? Math.max(lag, ofStatus()) : lag;
    }

    private double ofStatus() {
        try {
            BsonDocument status = status();
            return Math.max(
                    Math.max(queued(status), flowControl(status)), latency(status, writes ? "reads" : "writes"));
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            statusAllowed = false;
            log.info(
                    "The pace of '{}' depends only on the latency of Monarch's own small operations: the server does not"
                            + " show its status ({})",
                    environment.name(),
                    e.getCode());
            return 0;
        }
    }

    private BsonDocument status() {
        BsonDocument command = new BsonDocument("serverStatus", new BsonInt32(1));
        for (String section : UNUSED) {
            command.append(section, new BsonInt32(0));
        }
        MongoDatabase admin = environment.ownClient().getDatabase("admin");
        return ServerCommand.run(admin, command);
    }

    private static double queued(BsonDocument status) {
        BsonDocument queue = part(part(status, "globalLock"), "currentQueue");
        return queue.getNumber("total", new BsonInt64(0)).doubleValue() / QUEUE;
    }

    private static double flowControl(BsonDocument status) {
        boolean lagged = part(status, "flowControl")
                .getBoolean("isLagged", BsonBoolean.FALSE)
                .getValue();
        return lagged ? BOUND : 0;
    }

    /** Compares the average since the last call with the average since the server started. */
    private double latency(BsonDocument status, String kind) {
        BsonDocument latencies = part(part(status, "opLatencies"), kind);
        double micros = latencies.getNumber("latency", new BsonInt64(0)).doubleValue();
        double operations = latencies.getNumber("ops", new BsonInt64(0)).doubleValue();
        double microsNow = micros - before.getOrDefault("micros", micros);
        double operationsNow = operations - before.getOrDefault("operations", operations);
        before.put("micros", micros);
        before.put("operations", operations);
        return operationsNow < ENOUGH
                ? 0
                : microsNow / operationsNow / Math.max(NOISE_MICROS, BOUND * micros / operations);
    }

    private static BsonDocument part(BsonDocument of, String name) {
        return of.getDocument(name, new BsonDocument());
    }
}
