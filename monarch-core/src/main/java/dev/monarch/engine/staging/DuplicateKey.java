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
 * A key that a unique index would contain more than once.
 *
 * <p>An index covers only the documents that it contains: MongoDB manual, "Partial Indexes", "Sparse Indexes". For an
 * index with a collation, the server does not report the values, so no query can find them.
 *
 * @param index the definition of the index
 * @param key the fields of the index with their values
 */
record DuplicateKey(BsonDocument index, BsonDocument key) {

    /**
     * Returns the key that prevented one of these indexes from being built. Empty if the server reports no key that a
     * query can find.
     */
    static Optional<DuplicateKey> of(MongoCommandException failure, List<BsonDocument> indexes) {
        BsonDocument key = failure.getResponse().getDocument("keyValue", new BsonDocument());
        if (!isQueryable(key)) {
            return Optional.empty();
        }
        return index(failure.getErrorMessage(), indexes)
                .filter(index -> IndexRules.simple(index.get("collation")))
                .map(index -> new DuplicateKey(index, key));
    }

    /** Returns the index that an error message of the server names, if it is one of these. */
    static Optional<BsonDocument> index(String message, List<BsonDocument> indexes) {
        // "index: NAME dup key: …". If one name is a prefix of another, the longer one matches.
        return indexes.stream()
                .filter(index -> message.contains(" index: " + name(index) + " "))
                .max(Comparator.comparingInt(index -> name(index).length()));
    }

    /**
     * No query can find the key of an empty array. If two fields are in the same array, no query can tell that their
     * values are in the same element.
     */
    private static boolean isQueryable(BsonDocument key) {
        long beginnings = key.keySet().stream()
                .map(field -> field.split("\\.", 2)[0])
                .distinct()
                .count();
        return !key.isEmpty() && beginnings == key.size() && !key.containsValue(new BsonUndefined());
    }

    /** {@return the name of the index} */
    String name() {
        return name(index);
    }

    /**
     * Returns the {@code _id}s of the documents that have this key {@linkplain #in in} a collection, in their order.
     */
    List<BsonValue> ids(MongoCollection<BsonDocument> collection, int most) {
        return in(collection)
                .projection(Projections.include("_id"))
                .sort(Sorts.ascending("_id"))
                .limit(most)
                .map(document -> document.get("_id"))
                .into(new ArrayList<>());
    }

    /**
     * Returns the documents of a collection that the index would contain under this key. If the key contains an
     * array, null or undefined, the result may contain more documents.
     */
    FindIterable<BsonDocument> in(MongoCollection<BsonDocument> collection) {
        FindIterable<BsonDocument> documents = collection.find(filter());
        return index.containsKey("collation")
                // The collection may have another collation, which would match more documents.
                ? documents.collation(Collation.builder().locale("simple").build())
                : documents;
    }

    private Bson filter() {
        List<Bson> all = new ArrayList<>();
        // With $eq: a regular expression, or a document with dollar signs, is a value here.
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

    /** Old shells wrote numbers instead of booleans. */
    static boolean isSet(@Nullable BsonValue option) {
        return option instanceof BsonBoolean flag && flag.getValue()
                || option instanceof BsonNumber number && number.doubleValue() != 0;
    }
}
