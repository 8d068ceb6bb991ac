package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.server.ServerCommand;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.transfer.CollectionDescription;

/**
 * A TTL rule, by which the server deletes old documents of a collection: {@code expireAfterSeconds} of an index, of a
 * clustered collection or of a time series (MongoDB manual, "TTL Indexes").
 *
 * <p>A collection has no rule while it is loaded. Otherwise the server would delete documents that were not counted
 * yet. The rule is set when everything is verified.
 *
 * @param index the definition of the index with {@code expireAfterSeconds}; null if the collection itself has the
 *     rule
 * @param field the field with the age of a document
 * @param seconds the value of {@code expireAfterSeconds}
 */
record TimeToLive(@Nullable BsonDocument index, String field, BsonValue seconds) {

    private static final String OPTION = "expireAfterSeconds";

    private static final long MILLIS = 1_000;

    /** Returns the rules of a collection. */
    static List<TimeToLive> of(CollectionDescription collection) {
        List<TimeToLive> rules = new ArrayList<>();
        BsonValue own = IndexRules.options(collection).get(OPTION);
        if (own != null) {
            BsonDocument series = collection.options().getDocument("timeseries", new BsonDocument());
            String field = series.getString("timeField", new BsonString("_id")).getValue();
            rules.add(new TimeToLive(null, field, asLong(own)));
        }
        for (BsonDocument index : IndexRules.toBuild(collection)) {
            if (index.containsKey(OPTION)) {
                rules.add(new TimeToLive(index, index.getDocument("key").getFirstKey(), index.get(OPTION)));
            }
        }
        return rules;
    }

    /** A server of version 5.0 shuts down if a collection gets another type of number. */
    private static BsonValue asLong(BsonValue seconds) {
        return seconds instanceof BsonNumber number ? new BsonInt64(number.longValue()) : seconds;
    }

    /** Tells whether the collection itself has a rule, as clustered collections and time series can have. */
    static boolean isOfCollection(CollectionDescription collection) {
        return of(collection).stream().anyMatch(rule -> rule.index() == null);
    }

    /** {@return the name of the TTL index; null if the collection itself has the rule} */
    @Nullable
    String indexName() {
        return index == null ? null : index.getString("name").getValue();
    }

    /** {@return the collection without its rules} */
    static CollectionDescription parked(CollectionDescription collection) {
        return new CollectionDescription(
                collection.name(),
                collection.type(),
                without(collection.options()),
                collection.indexes().stream().map(TimeToLive::without).toList(),
                collection.uuid());
    }

    private static BsonDocument without(BsonDocument document) {
        if (!document.containsKey(OPTION)) {
            return document;
        }
        BsonDocument without = document.clone();
        without.remove(OPTION);
        return without;
    }

    /**
     * Returns how many documents have expired, so that the server deletes them soon after the rule is set.
     *
     * @param collection the current name of the collection
     */
    long expired(MongoDatabase database, String collection) {
        return expired(database)
                .map(filter -> database.getCollection(collection).countDocuments(filter))
                .orElse(0L);
    }

    /**
     * Returns the condition of documents that have expired by now; nothing if no document can have expired.
     *
     * @param target a database of the server that will delete the documents; its clock decides
     */
    Optional<Bson> expired(MongoDatabase target) {
        if (!(seconds instanceof BsonNumber number)) {
            return Optional.empty();
        }
        long millis = Math.min(number.longValue(), Long.MAX_VALUE / MILLIS) * MILLIS;
        Bson old = Filters.lt(field, new BsonDateTime(Deployment.timeOf(target).toEpochMilli() - millis));
        Bson indexed =
                index == null ? Filters.empty() : index.getDocument("partialFilterExpression", new BsonDocument());
        return Optional.of(Filters.and(old, indexed));
    }

    /**
     * Sets the rule on a collection that has all its indexes without it. Setting it twice is harmless.
     *
     * @param collection the current name of the collection
     * @throws MongoException if that fails
     */
    void set(MongoDatabase database, String collection) {
        for (int attempt = 1; ; attempt++) {
            try {
                setOnce(database, collection);
                return;
            } catch (MongoException e) {
                WriteAttempts.pauseBeforeNext(e, attempt);
            }
        }
    }

    private void setOnce(MongoDatabase database, String collection) {
        BsonDocument command = new BsonDocument("collMod", new BsonString(collection));
        if (index == null) {
            ServerCommand.write(database, command.append(OPTION, seconds));
            return;
        }
        try {
            BsonDocument rule = new BsonDocument("name", index.getString("name")).append(OPTION, seconds);
            ServerCommand.write(database, command.append("index", rule));
        } catch (MongoCommandException e) {
            if (TransientFailure.is(e)) {
                throw e;
            }
            // The role readWrite does not allow collMod, and servers before 5.1 can change expireAfterSeconds only on
            // an index that has it.
            buildAgain(database, collection, index);
        }
    }

    private static void buildAgain(MongoDatabase database, String collection, BsonDocument index) {
        String name = index.getString("name").getValue();
        if (ListedIndex.all(database, collection).stream()
                .anyMatch(listed -> listed.name().equals(name))) {
            database.getCollection(collection).dropIndex(name);
        }
        new IndexCreation(database, collection).run(List.of(index));
    }
}
