package dev.monarch.engine.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaxKey;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Divides a collection into ranges of the {@code _id} index, in its order.
 *
 * <p>The operators {@code $gte} and {@code $lt} only find values of the same type. So the ranges are bounds of the
 * index (MongoDB manual, "cursor.min()"), which know no types. Such bounds never reach the {@code _id} MaxKey, which is
 * read separately. The embedded server has no bounds; there, expressions compare values of all types.
 */
final class IdRanges {

    private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));

    private static final BsonDocument MAX_KEY = new BsonDocument("_id", new BsonDocument("$eq", new BsonMaxKey()));

    private final MongoCollection<RawBsonDocument> collection;

    private final BsonDocument filter;

    private final boolean bounds;

    /**
     * Creates the ranges.
     *
     * @param collection the collection
     * @param filter the filter of the documents to read
     * @param bounds whether the server supports bounds of an index
     */
    IdRanges(MongoCollection<RawBsonDocument> collection, BsonDocument filter, boolean bounds) {
        this.collection = collection;
        this.filter = filter;
        this.bounds = bounds;
    }

    /**
     * Returns where a range ends.
     *
     * @param from the first {@code _id} of the range, or null for the beginning
     * @param size the number of documents in the range, whether they match the filter or not
     * @return the first {@code _id} after the range, or null if the range reaches the end
     */
    @Nullable
    BsonValue end(@Nullable BsonValue from, int size) {
        RawBsonDocument next = range(new BsonDocument(), from, null)
                .projection(BY_ID)
                .skip(size)
                .limit(1)
                .first();
        return next == null ? null : next.get("_id");
    }

    /**
     * Reads the documents of a range that match the filter.
     *
     * @param from the first {@code _id} of the range, or null for the beginning
     * @param to the first {@code _id} after the range, or null for the end
     * @param documents receives the documents
     */
    void read(@Nullable BsonValue from, @Nullable BsonValue to, Consumer<RawBsonDocument> documents) {
        range(filter, from, to).forEach(documents);
        if (to == null && bounds) {
            matching(MAX_KEY).forEach(documents);
        }
    }

    /** Returns the documents that match the filter of the source and another one. */
    FindIterable<RawBsonDocument> matching(BsonDocument other) {
        return collection.find(both(other, filter));
    }

    private FindIterable<RawBsonDocument> range(
            BsonDocument matched, @Nullable BsonValue from, @Nullable BsonValue to) {
        if (!bounds) {
            return collection.find(within(matched, from, to)).sort(BY_ID);
        }
        FindIterable<RawBsonDocument> found =
                collection.find(matched).hint(BY_ID).sort(BY_ID);
        if (from != null) {
            found.min(new BsonDocument("_id", from));
        }
        if (to != null) {
            found.max(new BsonDocument("_id", to));
        }
        return found;
    }

    private static BsonDocument within(BsonDocument matched, @Nullable BsonValue from, @Nullable BsonValue to) {
        BsonDocument all = matched;
        if (from != null) {
            all = both(all, compared("$gte", from));
        }
        return to == null ? all : both(all, compared("$lt", to));
    }

    private static BsonDocument compared(String operator, BsonValue with) {
        return new BsonDocument(
                "$expr",
                new BsonDocument(
                        operator, new BsonArray(List.of(new BsonString("$_id"), new BsonDocument("$literal", with)))));
    }

    private static BsonDocument both(BsonDocument one, BsonDocument other) {
        List<BsonDocument> filters = new ArrayList<>(List.of(one, other));
        filters.removeIf(BsonDocument::isEmpty);
        return switch (filters.size()) {
            case 0 -> new BsonDocument();
            case 1 -> filters.get(0);
            default -> new BsonDocument("$and", new BsonArray(filters));
        };
    }
}
