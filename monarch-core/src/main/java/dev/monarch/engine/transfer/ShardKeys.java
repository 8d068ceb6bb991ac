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
 * The shard keys of a database's collections, if they are readable.
 *
 * <p>Immutable.
 *
 * @param byCollection the shard key of each sharded collection, by its name
 * @param unreadable whether the server or missing privileges prevented reading them
 */
public record ShardKeys(Map<String, ShardKey> byCollection, boolean unreadable) {

    private static final ShardKeys NONE = new ShardKeys(Map.of(), false);

    private static final ShardKeys UNREADABLE = new ShardKeys(Map.of(), true);

    private static final String BUCKETS = "system.buckets.";

    /** The name of the metaField in a bucket. */
    private static final String META = "meta";

    /** The prefixes of a measurement's field in a bucket: {@code control.min.at} and {@code control.max.at}. */
    private static final String CONTROL = "^control\\.(min|max)\\.";

    public ShardKeys {
        byCollection = Map.copyOf(byCollection);
    }

    /**
     * Reads the shard keys of an environment's database from {@code config.collections}. One round trip, two on a
     * sharded cluster.
     *
     * <p>Format: MongoDB manual, "Config Database". Entries of dropped collections (before 5.0) and of collections
     * that are only placed on a shard ({@code unsplittable}, from 8.0) are ignored.
     *
     * @param environment the environment
     * @return the shard keys; none if the deployment is not a sharded cluster
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

    /** In ASCII, the slash follows the dot, so this range contains the namespaces of the database. */
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

    /** The server stores the key with the fields of the buckets, but expects it with the fields of the measurements. */
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
     * Returns a warning if the shard keys could not be read.
     *
     * @return the warning as a sentence; empty if they could be read
     */
    public List<String> warnings() {
        return unreadable
                ? List.of("The shard keys are unknown: the user may not read config.collections.")
                : List.of();
    }
}
