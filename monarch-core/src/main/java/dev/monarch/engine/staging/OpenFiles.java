package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCluster;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

import dev.monarch.engine.server.TransientFailure;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Checks whether a server can keep all its files open while staging collections exist in addition to the others.
 *
 * <p>WiredTiger has a file for each collection and each index (MongoDB manual, "WiredTiger Storage Engine"). A server
 * that cannot open another file shuts down. The limit is that of the server's process ({@code hostInfo}, {@code
 * extra.maxOpenFiles}).
 *
 * @param existing how many collections and indexes the server is known to have, in all databases that the user may
 *     see
 * @param staged how many are loaded in addition
 * @param limit how many files the server can keep open; 0 if unknown
 */
record OpenFiles(long existing, long staged, long limit) {

    private static final int WARN_PERCENT = 60;

    private static final int REFUSE_PERCENT = 90;

    private static final int PERCENT = 100;

    /** The result of the check. */
    enum Verdict {
        ENOUGH,
        /** More than 60 percent would be in use. */
        WARN,
        /** More than 90 percent would be in use. */
        REFUSE,
        /** The server does not report its limit, or the user lacks the privilege to see it. */
        UNKNOWN
    }

    /**
     * Queries the server: one round trip, and one for each database.
     *
     * @param target the environment that will be loaded
     * @param incoming what will be loaded in addition to what exists; an empty catalogue if it is loaded in place
     */
    static OpenFiles of(MonarchEnvironment target, Catalogue incoming) {
        long limit = limit(target.ownClient());
        return new OpenFiles(limit > 0 ? existing(target) : 0, staged(incoming), limit);
    }

    private static long limit(MongoCluster client) {
        try {
            BsonDocument host = client.getDatabase("admin")
                    .runCommand(new BsonDocument("hostInfo", new BsonInt32(1)), BsonDocument.class);
            return host.getDocument("extra", new BsonDocument())
                    .getNumber("maxOpenFiles", new BsonInt32(0))
                    .longValue();
        } catch (MongoCommandException e) {
            return unlessTransient(e);
        }
    }

    private static long existing(MonarchEnvironment target) {
        return databases(target).stream()
                .mapToLong(database -> files(target.ownClient(), database))
                .sum();
    }

    private static List<String> databases(MonarchEnvironment target) {
        try {
            BsonDocument command = new BsonDocument("listDatabases", new BsonInt32(1))
                    .append("nameOnly", BsonBoolean.TRUE)
                    .append("authorizedDatabases", BsonBoolean.TRUE);
            List<String> names = new ArrayList<>();
            for (BsonValue database : target.ownClient()
                    .getDatabase("admin")
                    .runCommand(command, BsonDocument.class)
                    .getArray("databases")) {
                names.add(database.asDocument()
                        .getString("name", new BsonString(""))
                        .getValue());
            }
            return names;
        } catch (MongoCommandException e) {
            unlessTransient(e);
            return List.of(target.address().database());
        }
    }

    private static long files(MongoCluster client, String database) {
        try {
            BsonDocument statistics = client.getDatabase(database)
                    .runCommand(new BsonDocument("dbStats", new BsonInt32(1)), BsonDocument.class);
            return number(statistics, "collections") + number(statistics, "indexes");
        } catch (MongoCommandException e) {
            return unlessTransient(e);
        }
    }

    private static long number(BsonDocument document, String field) {
        return document.getNumber(field, new BsonInt32(0)).longValue();
    }

    /** Returns zero if the user lacks the privilege, or the server does not support the command. */
    private static long unlessTransient(MongoException failure) {
        if (TransientFailure.is(failure)) {
            throw failure;
        }
        return 0;
    }

    private static long staged(Catalogue incoming) {
        return incoming.collections().stream()
                .filter(collection -> collection.type() != CollectionType.VIEW)
                .mapToLong(OpenFiles::files)
                .sum();
    }

    /** Counts the collection, its index of {@code _id} unless it is clustered, and its other indexes. */
    private static long files(CollectionDescription collection) {
        boolean clustered = collection.type() == CollectionType.TIME_SERIES
                || collection.options().containsKey("clusteredIndex");
        return (clustered ? 1 : 2) + IndexRules.toBuild(collection).size();
    }

    /** {@return the result of the check} */
    Verdict verdict() {
        if (limit <= 0) {
            return Verdict.UNKNOWN;
        }
        long percent = (existing + staged) * PERCENT / limit;
        if (percent < WARN_PERCENT) {
            return Verdict.ENOUGH;
        }
        return percent < REFUSE_PERCENT ? Verdict.WARN : Verdict.REFUSE;
    }

    /** {@return a clause for a plan, without a full stop} */
    String describe() {
        return limit <= 0
                ? "the server does not report how many files it can keep open (hostInfo, of the role clusterMonitor); "
                        + staged + " collections and indexes are loaded in addition to the existing ones"
                : "the server can keep " + limit + " files open, and would have " + (existing + staged)
                        + " collections and indexes: " + existing + " existing ones, and " + staged
                        + " that are loaded";
    }
}
