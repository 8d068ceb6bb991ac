package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Makes a time series equal to a staging time series: drops it, creates it, and copies the buckets and the indexes.
 *
 * <p>Servers cannot rename a time series. Meanwhile, readers see a part of the data. If it is interrupted, it starts
 * again from the staging time series, which is dropped last.
 */
final class TimeSeriesReplacement {

    private static final String BUCKETS = "system.buckets.";

    private static final int BATCH = 100;

    private final MongoDatabase database;

    private final SwapStep step;

    private final String staging;

    TimeSeriesReplacement(MongoDatabase database, SwapStep step) {
        this.database = database;
        this.step = step;
        this.staging = Objects.requireNonNull(step.staging());
    }

    void run() {
        database.getCollection(step.target()).drop();
        BsonDocument command = new BsonDocument("create", new BsonString(step.target()));
        command.putAll(step.options());
        ServerCommand.write(database, command);
        copyBuckets();
        copyIndexes();
        database.getCollection(staging).drop();
    }

    private void copyBuckets() {
        MongoCollection<RawBsonDocument> to = database.getCollection(BUCKETS + step.target(), RawBsonDocument.class);
        List<RawBsonDocument> batch = new ArrayList<>();
        for (RawBsonDocument bucket : database.getCollection(BUCKETS + staging, RawBsonDocument.class)
                .find()
                .batchSize(BATCH)) {
            batch.add(bucket);
            if (batch.size() == BATCH) {
                to.insertMany(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            to.insertMany(batch);
        }
    }

    private void copyIndexes() {
        List<BsonDocument> listed =
                database.getCollection(staging).listIndexes(BsonDocument.class).into(new ArrayList<>());
        List<BsonDocument> indexes = IndexRules.toBuild(
                new CollectionDescription(step.target(), CollectionType.TIME_SERIES, step.options(), listed, null));
        if (!indexes.isEmpty()) {
            ServerCommand.write(
                    database,
                    new BsonDocument("createIndexes", new BsonString(step.target()))
                            .append("indexes", new BsonArray(indexes)));
        }
    }
}
