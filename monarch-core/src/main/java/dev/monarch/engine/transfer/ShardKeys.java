package dev.monarch.engine.transfer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription.ShardKey;

/**
 * The shard keys of a database's collections, as far as they may be read.
 *
 * <p>Immutable.
 *
 * @param byCollection the shard key of each sharded collection, by its name
 * @param unreadable whether the server or the user's privileges did not let them be read
 */
public record ShardKeys(Map<String, ShardKey> byCollection, boolean unreadable) {

    private static final ShardKeys NONE = new ShardKeys(Map.of(), false);

    private static final ShardKeys UNREADABLE = new ShardKeys(Map.of(), true);

    private static final String BUCKETS = "system.buckets.";

    /** What a bucket calls the field that the measurements of a time series are grouped by. */
    private static final String META = "meta";

    /** What a bucket has of a field: {@code control.min.at} and {@code control.max.at}. */
    private static final String CONTROL = "^control\\.(min|max)\\.";

    public ShardKeys {
        byCollection = Map.copyOf(byCollection);
    }

    /**
     * Reads those of an environment's database from {@code config.collections}; one round trip, two on a sharded cluster.
     *
     * <p>Format: MongoDB manual, "Config Database"; entries of dropped collections (before 5.0) and of collections that are
     * only placed on a shard ({@code unsplittable}, from 8.0 on) do not count.
     *
     * @param environment whose database it is
     * @return the shard keys; none if the server is no sharded cluster
     */
    public static ShardKeys of(MonarchEnvironment environment) {
        if (!Deployment.of(environment.ownClient()).isSharded()) {
            return NONE;
        }
        String database = environment.address().database();
        Map<String, ShardKey> keys = new TreeMap<>();
        try {
            for (BsonDocument entry : entries(environment).find(sharded(database))) {
                String name = entry.getString("_id").getValue().substring(database.length() + 1);
                keys.put(name.startsWith(BUCKETS) ? name.substring(BUCKETS.length()) : name, key(entry));
            }
        } catch (MongoCommandException e) {
            if (TransientFailure.is(e)) {
                throw e;
            }
            return UNREADABLE;
        }
        return new ShardKeys(keys, false);
    }

    private static MongoCollection<BsonDocument> entries(MonarchEnvironment environment) {
        return environment.ownClient().getDatabase("config").getCollection("collections", BsonDocument.class);
    }

    /** The dot of a namespace is followed by the slash. */
    private static Bson sharded(String database) {
        return Filters.and(
                Filters.gte("_id", database + "."),
                Filters.lt("_id", database + "/"),
                Filters.ne("dropped", true),
                Filters.ne("unsplittable", true));
    }

    private static ShardKey key(BsonDocument entry) {
        BsonDocument key = entry.getDocument("key");
        return new ShardKey(
                entry.get("timeseriesFields") instanceof BsonDocument timeSeries
                        ? ofMeasurements(key, timeSeries)
                        : key,
                entry.getBoolean("unique", BsonBoolean.FALSE).getValue());
    }

    /** The server keeps the key by the fields of the buckets, and takes one by the fields of the measurements. */
    private static BsonDocument ofMeasurements(BsonDocument key, BsonDocument timeSeries) {
        BsonDocument translated = new BsonDocument();
        for (Map.Entry<String, BsonValue> field : key.entrySet()) {
            translated.put(ofMeasurements(field.getKey(), timeSeries), field.getValue());
        }
        return translated;
    }

    private static String ofMeasurements(String field, BsonDocument timeSeries) {
        if (field.equals(META) || field.startsWith(META + ".")) {
            String meta =
                    timeSeries.getString("metaField", new BsonString(META)).getValue();
            return meta + field.substring(META.length());
        }
        return field.replaceFirst(CONTROL, "");
    }

    /**
     * Returns what there is to say about them.
     *
     * @return a sentence if they could not be read, or else nothing
     */
    public List<String> warnings() {
        return unreadable
                ? List.of("The shard keys are not known: the user may not read config.collections.")
                : List.of();
    }
}
