package dev.monarch.engine.original;

import java.util.List;
import java.util.Optional;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** A filter for a document that no one has changed since it was read. */
public final class UnchangedDocument {

    private UnchangedDocument() {}

    /**
     * Compares the whole document, because a change may depend on any field. {@code $cmp} treats every field as a value,
     * also one whose name begins with {@code $}, and finds NaN equal to NaN. The server would rewrite {@code $eq}.
     *
     * @param document the document as it was read
     * @return an expression that is 0 if it is still the same
     */
    public static BsonDocument difference(BsonDocument document) {
        return new BsonDocument(
                "$cmp", new BsonArray(List.of(new BsonString("$$ROOT"), new BsonDocument("$literal", document))));
    }

    /**
     * Compares the whole document, and the types of the numbers in some of its fields.
     *
     * @param document the document as it was read
     * @param fields these fields
     * @return an expression of MongoDB 5.0 that is true if something differs
     */
    public static BsonDocument difference(BsonDocument document, BsonDocument fields) {
        BsonDocument values = difference(document);
        Optional<BsonDocument> types = NumberTypes.difference(fields);
        return types.map(different -> new BsonDocument("$or", new BsonArray(List.of(values, different))))
                .orElse(values);
    }

    /**
     * Returns a filter that only the unchanged document matches. A change of only the type of a number is not seen.
     *
     * @param document the document as it was read
     * @return the filter
     */
    public static BsonDocument filter(BsonDocument document) {
        return filter(document, difference(document));
    }

    /**
     * Returns a filter that only the unchanged document matches.
     *
     * @param document the document as it was read
     * @return the filter, for MongoDB 5.0 or later
     */
    public static BsonDocument exactFilter(BsonDocument document) {
        return filter(document, difference(document, document));
    }

    private static BsonDocument filter(BsonDocument document, BsonDocument compared) {
        BsonValue id = document.get("_id", BsonNull.VALUE);
        // In a document, the server would look for operators. The embedded server uses its index only for a plain
        // value.
        return new BsonDocument("_id", id.isDocument() ? new BsonDocument("$eq", id) : id)
                .append("$expr", new BsonDocument("$not", new BsonArray(List.of(compared))));
    }
}
