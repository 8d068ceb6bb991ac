package dev.monarch.engine.transfer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Consistency;

/** Reads at the time at which everything is read, as far as the server lets it. */
final class TimedQueries implements SubsetQueries {

    private static final Logger log = LoggerFactory.getLogger(TimedQueries.class);

    private static final int ATTEMPTS = 6;

    private static final int BATCH = 1_000;

    private final MonarchEnvironment environment;

    private final DatabaseReading reading;

    private final ReadPoint point;

    private final Set<String> notAtThatTime = ConcurrentHashMap.newKeySet();

    TimedQueries(MonarchEnvironment environment, DatabaseReading reading, ReadPoint point) {
        this.environment = environment;
        this.reading = reading;
        this.point = point;
    }

    /** Returns what of the choice is of another time than the documents, as sentences. */
    List<String> warnings() {
        return notAtThatTime.stream()
                .sorted()
                .map(collection -> "Which documents are taken was looked up in '" + collection
                        + "' at another time than they were read.")
                .toList();
    }

    @Override
    public void forEach(
            String collection, BsonDocument filter, BsonDocument projection, Consumer<RawBsonDocument> consumer) {
        for (int attempt = 1; ; attempt++) {
            try {
                read(collection, filter, projection, consumer);
                return;
            } catch (MongoInterruptedException e) {
                throw e;
            } catch (MongoException e) {
                prepareNextAttempt(collection, e, attempt);
            }
        }
    }

    private void read(String name, BsonDocument filter, BsonDocument projection, Consumer<RawBsonDocument> consumer) {
        MongoCollection<RawBsonDocument> collection = environment
                .ownDatabase()
                .getCollection(name, RawBsonDocument.class)
                .withReadPreference(reading.readPreference());
        BsonTimestamp time = notAtThatTime.contains(name) ? null : point.time();
        if (time == null) {
            hand(collection.find(filter), projection, consumer);
            return;
        }
        try (ClientSession session = SnapshotTime.session(environment.ownClient(), time)) {
            hand(collection.find(session, filter), projection, consumer);
        }
    }

    private static void hand(
            FindIterable<RawBsonDocument> query, BsonDocument projection, Consumer<RawBsonDocument> consumer) {
        query.projection(projection).batchSize(BATCH).forEach(consumer);
    }

    private void prepareNextAttempt(String collection, MongoException failure, int attempt) {
        boolean unavailable = SnapshotTime.isUnavailable(failure) && reading.consistency() != Consistency.SNAPSHOT;
        if (unavailable && notAtThatTime.add(collection)) {
            return;
        }
        if (attempt == ATTEMPTS || !TransientFailure.is(failure)) {
            throw new TransferFailedException(
                    reading.operation(),
                    environment.name(),
                    "which documents are to be taken could not be looked up in '" + collection + "': "
                            + failure.getMessage(),
                    List.of(),
                    failure);
        }
        log.info("Looking into '{}' again: {}", collection, failure.getMessage());
    }
}
