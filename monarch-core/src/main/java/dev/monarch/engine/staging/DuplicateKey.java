package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.mongodb.MongoCommandException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A key that a unique index would have more than once.
 *
 * <p>An index speaks of the documents that it has and no others: MongoDB manual, "Partial Indexes", "Sparse Indexes". Of one
 * with a collation the server gives no values that could be asked for.
 *
 * @param index the index, as it is to be built
 * @param key the fields of the index with their values
 */
record DuplicateKey(BsonDocument index, BsonDocument key) {

    /**
     * Returns the key that kept one of these indexes from being built; empty if the server gives none that could be asked for.
     */
    static Optional<DuplicateKey> of(MongoCommandException failure, List<BsonDocument> indexes) {
        BsonDocument key = failure.getResponse().getDocument("keyValue", new BsonDocument());
        if (!isAskable(key)) {
            return Optional.empty();
        }
        return index(failure.getErrorMessage(), indexes)
                .filter(index -> IndexRules.simple(index.get("collation")))
                .map(index -> new DuplicateKey(index, key));
    }

    /** Returns the index that an error of the server names, if it is one of these. */
    static Optional<BsonDocument> index(String message, List<BsonDocument> indexes) {
        // "index: NAME dup key: …"; where the name of one begins with that of another, the longer one is meant.
        return indexes.stream()
                .filter(index -> message.contains(" index: " + name(index) + " "))
                .max(Comparator.comparingInt(index -> name(index).length()));
    }

    /** An empty array has a key that no query can name; of two fields in one array no query tells that they meet in it. */
    private static boolean isAskable(BsonDocument key) {
        long beginnings = key.keySet().stream()
                .map(field -> field.split("\\.", 2)[0])
                .distinct()
                .count();
        return !key.isEmpty() && beginnings == key.size() && !key.containsValue(new BsonUndefined());
    }

    /** Returns the name of the index. */
    String name() {
        return name(index);
    }

    /** Returns the {@code _id}s of documents {@linkplain #in in} a collection, in their order. */
    List<BsonValue> ids(MongoCollection<BsonDocument> collection, int most) {
        return in(collection)
                .projection(Projections.include("_id"))
                .sort(Sorts.ascending("_id"))
                .limit(most)
                .map(document -> document.get("_id"))
                .into(new ArrayList<>());
    }

    /**
     * Returns documents of a collection: all that the index would have under this key, and where the key has an array, null
     * or undefined in it perhaps some more.
     */
    FindIterable<BsonDocument> in(MongoCollection<BsonDocument> collection) {
        FindIterable<BsonDocument> documents = collection.find(filter());
        return index.containsKey("collation")
                // The collection has another one, which would find more.
                ? documents.collation(Collation.builder().locale("simple").build())
                : documents;
    }

    private Bson filter() {
        List<Bson> all = new ArrayList<>();
        // By its operator: a regular expression, or a document with dollars, is a value here.
        key.forEach((field, value) -> all.add(new BsonDocument(field, new BsonDocument("$eq", value))));
        if (index.containsKey("partialFilterExpression")) {
            all.add(index.getDocument("partialFilterExpression"));
        }
        if (isSet(index.get("sparse"))) {
            all.add(Filters.or(key.keySet().stream().map(Filters::exists).toList()));
        }
        return Filters.and(all);
    }

    static String name(BsonDocument index) {
        return index.getString("name").getValue();
    }

    /** Old shells wrote numbers where booleans are meant. */
    static boolean isSet(@Nullable BsonValue option) {
        return option instanceof BsonBoolean flag && flag.getValue()
                || option instanceof BsonNumber number && number.doubleValue() != 0;
    }
}
