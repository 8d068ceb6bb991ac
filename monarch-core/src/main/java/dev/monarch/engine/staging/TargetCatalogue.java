package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Lists what exists in the target now, including Monarch's own collections. */
public final class TargetCatalogue {

    private static final String BUCKETS = "system.buckets.";

    private final MongoDatabase database;

    /**
     * A collection, view or time series in the target.
     *
     * @param uuid the UUID of the collection, or of a time series' buckets; null for a view, or if the server has no
     *     UUIDs
     */
    public record Existing(
            String name, CollectionType type, @Nullable BsonValue uuid, BsonDocument options) {

        /**
         * Returns what distinguishes it from anything else that may have its name at another time.
         *
         * <p>That is its UUID. A view has none: a view with the same definition is the same view.
         */
        BsonDocument identity() {
            return uuid == null
                    ? new BsonDocument("type", new BsonString(type.name())).append("options", options)
                    : new BsonDocument("uuid", uuid);
        }
    }

    public TargetCatalogue(MongoDatabase database) {
        this.database = database.withReadPreference(ReadPreference.primary());
    }

    public List<Existing> all() {
        return existing(database.listCollections(BsonDocument.class).into(new ArrayList<>()));
    }

    public Map<String, Existing> byName() {
        return all().stream().collect(Collectors.toMap(Existing::name, Function.identity()));
    }

    Optional<Existing> find(String name) {
        return Optional.ofNullable(find(Set.of(name)).get(name));
    }

    /** Returns what exists under each of these names; one round trip. */
    Map<String, Existing> find(Set<String> names) {
        BsonArray requested = new BsonArray();
        for (String name : names) {
            requested.add(new BsonString(name));
            requested.add(new BsonString(BUCKETS + name));
        }
        List<BsonDocument> listed = database.listCollections(BsonDocument.class)
                .filter(new BsonDocument("name", new BsonDocument("$in", requested)))
                .into(new ArrayList<>());
        // Not every server applies the filter.
        return existing(listed).stream()
                .filter(existing -> names.contains(existing.name()))
                .collect(Collectors.toMap(Existing::name, Function.identity()));
    }

    private static List<Existing> existing(List<BsonDocument> listed) {
        Map<String, BsonValue> uuids = new HashMap<>();
        for (BsonDocument each : listed) {
            BsonValue uuid = each.getDocument("info", new BsonDocument()).get("uuid");
            if (uuid != null) {
                uuids.put(each.getString("name").getValue(), uuid);
            }
        }
        return listed.stream().map(each -> existing(each, uuids)).toList();
    }

    private static Existing existing(BsonDocument listed, Map<String, BsonValue> uuids) {
        String name = listed.getString("name").getValue();
        CollectionType type =
                CollectionType.of(listed.getString("type", new BsonString("")).getValue());
        return new Existing(
                name,
                type,
                uuids.get(type == CollectionType.TIME_SERIES ? BUCKETS + name : name),
                listed.getDocument("options", new BsonDocument()));
    }
}
