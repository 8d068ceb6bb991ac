package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.Omission;

/** The indexes of one collection, without what current servers reject. For one use. */
final class AcceptedIndexes {

    /** The options in mongorestore's {@code validIndexOptions}, and those that servers have added since. */
    private static final Set<String> OPTIONS = Set.of(
            "2dsphereIndexVersion",
            "background",
            "bits",
            "bucketSize",
            "clustered",
            "coarsestIndexedLevel",
            "collation",
            "columnstoreProjection",
            "default_language",
            "expireAfterSeconds",
            "finestIndexedLevel",
            "hidden",
            "key",
            "language_override",
            "max",
            "min",
            "name",
            "ns",
            "partialFilterExpression",
            "prepareUnique",
            "sparse",
            "storageEngine",
            "textIndexVersion",
            "unique",
            "v",
            "weights",
            "wildcardProjection");

    private static final Set<String> NOT_IDENTIFYING = Set.of("name", "v", "ns", "background");

    private static final String HAYSTACK = "geoHaystack";

    private final CollectionDescription collection;

    private final IndexChoice choice;

    private final List<Omission> omissions;

    private final List<Omission> lost = new ArrayList<>();

    private final List<Fact> problems = new ArrayList<>();

    /** The names of the accepted indexes, by their definition without the name. */
    private final Map<BsonDocument, String> seen = new HashMap<>();

    AcceptedIndexes(CollectionDescription collection, IndexChoice choice, List<Omission> omissions) {
        this.collection = collection;
        this.choice = choice;
        this.omissions = omissions;
    }

    /** Returns the indexes that cannot be built unchanged, as clauses. Call {@link #accepted} first. */
    List<Fact> problems() {
        return List.copyOf(problems);
    }

    /** Returns the requested indexes without a replacement. Call {@link #accepted} first. */
    List<Omission> lost() {
        return List.copyOf(lost);
    }

    List<BsonDocument> accepted() {
        List<BsonDocument> accepted = new ArrayList<>();
        for (BsonDocument index : collection.indexes()) {
            if (IndexRules.isDefault(index)) {
                accepted.add(index);
            } else if (choice == IndexChoice.NONE) {
                omissions.add(omission(index, "no indexes were requested"));
            } else {
                accept(index, accepted);
            }
        }
        return accepted;
    }

    private void accept(BsonDocument index, List<BsonDocument> accepted) {
        BsonDocument cleaned = withoutForeignOptions(index);
        BsonDocument key = LegacyIndexKey.converted(cleaned.getDocument("key"));
        if (key.containsValue(new BsonString(HAYSTACK))) {
            String reason = "servers from 5.0 on have no " + HAYSTACK + " indexes";
            lost.add(omission(index, reason));
            refuse(index, reason);
            return;
        }
        if (!key.equals(cleaned.getDocument("key"))) {
            if (choice == IndexChoice.EXACT) {
                refuse(
                        index,
                        "servers from 3.4 on reject its key "
                                + index.getDocument("key").toJson());
                return;
            }
            cleaned.put("key", key);
        }
        String twin = seen.putIfAbsent(unnamed(cleaned, key), name(cleaned));
        if (twin == null) {
            accepted.add(cleaned);
        } else {
            refuse(index, "'" + twin + "' has the same key");
        }
    }

    private void refuse(BsonDocument index, String reason) {
        if (choice == IndexChoice.EXACT) {
            problems.add(new Fact(
                    Reason.LEGACY_INDEX,
                    "the index '" + name(index) + "' of '" + collection.name() + "' cannot be built: " + reason));
        } else {
            omissions.add(omission(index, reason));
        }
    }

    private Omission omission(BsonDocument index, String reason) {
        return new Omission("Index '" + name(index) + "' of '" + collection.name() + "'", reason);
    }

    private BsonDocument withoutForeignOptions(BsonDocument index) {
        BsonDocument cleaned = new BsonDocument();
        index.forEach((option, value) -> {
            if (value.isNull()) {
                return;
            }
            if (!OPTIONS.contains(option)) {
                omit(index, option, "servers have no such option");
            } else if (option.equals("expireAfterSeconds") && !value.isNumber()) {
                omit(index, option, "it is not a number, and has no effect");
            } else if (option.equals("expireAfterSeconds")
                    && index.getDocument("key").size() > 1) {
                omit(index, option, "it has no effect on an index of several fields");
            } else {
                cleaned.put(option, value);
            }
        });
        cleaned.put("name", new BsonString(name(index)));
        return cleaned;
    }

    private void omit(BsonDocument index, String option, String reason) {
        omissions.add(new Omission(
                "Option '" + option + "' of the index '" + name(index) + "' of '" + collection.name() + "'", reason));
    }

    /** For a server, two indexes that differ only in these options are the same. */
    private static BsonDocument unnamed(BsonDocument index, BsonDocument key) {
        BsonDocument unnamed = index.clone();
        NOT_IDENTIFYING.forEach(unnamed::remove);
        BsonDocument numbers = new BsonDocument();
        key.forEach((field, value) -> numbers.put(field, direction(value)));
        // As text, because the order of the fields matters.
        unnamed.put("key", new BsonString(numbers.toJson()));
        return unnamed;
    }

    private static BsonValue direction(BsonValue value) {
        return value instanceof BsonNumber number ? new BsonDouble(number.doubleValue()) : value;
    }

    /** Returns the name that drivers give to an index without a name. */
    private static String name(BsonDocument index) {
        return index.get("name") instanceof BsonString name
                ? name.getValue()
                : index.getDocument("key").entrySet().stream()
                        .map(field -> field.getKey() + "_" + text(field.getValue()))
                        .collect(Collectors.joining("_"));
    }

    private static String text(BsonValue value) {
        if (value instanceof BsonString text) {
            return text.getValue();
        }
        return value instanceof BsonNumber number ? Long.toString(number.longValue()) : "1";
    }
}
