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
import dev.monarch.transfer.ReadReport.Consistency;

/** Reads at the point in time of the transfer, if the server supports it. */
final class SnapshotQueries implements SubsetQueries {

    private static final Logger log = LoggerFactory.getLogger(SnapshotQueries.class);

    private static final int ATTEMPTS = 6;

    private static final int BATCH = 1_000;

    private final MonarchEnvironment environment;

    private final ReadOptions options;

    private final ReadPoint point;

    private final Set<String> readAtOtherTime = ConcurrentHashMap.newKeySet();

    SnapshotQueries(MonarchEnvironment environment, ReadOptions options, ReadPoint point) {
        this.environment = environment;
        this.options = options;
        this.point = point;
    }

    /** {@return a warning for each collection that was read at another time, as sentences} */
    List<String> warnings() {
        return readAtOtherTime.stream()
                .sorted()
                .map(collection -> "The documents of the subset were selected from '" + collection
                        + "' at a different time than the data was read.")
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
                .withReadPreference(options.pace().member());
        BsonTimestamp time = readAtOtherTime.contains(name) ? null : point.time();
        if (time == null) {
            read(collection.find(filter), projection, consumer);
            return;
        }
        try (ClientSession session = SnapshotTime.session(environment.ownClient(), time)) {
            read(collection.find(session, filter), projection, consumer);
        }
    }

    private static void read(
            FindIterable<RawBsonDocument> query, BsonDocument projection, Consumer<RawBsonDocument> consumer) {
        query.projection(projection).batchSize(BATCH).forEach(consumer);
    }

    private void prepareNextAttempt(String collection, MongoException failure, int attempt) {
        boolean unavailable = SnapshotTime.isUnavailable(failure) && options.consistency() != Consistency.SNAPSHOT;
        if (unavailable && readAtOtherTime.add(collection)) {
            return;
        }
        if (attempt == ATTEMPTS || !TransientFailure.is(failure)) {
            throw new TransferFailedException(
                    options.operation(),
                    environment.name(),
                    "the documents of the subset could not be selected from '" + collection + "': "
                            + failure.getMessage(),
                    List.of(),
                    failure);
        }
        log.info("Reading references of '{}' again: {}", collection, failure.getMessage());
    }
}
