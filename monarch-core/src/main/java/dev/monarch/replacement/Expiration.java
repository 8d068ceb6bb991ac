package dev.monarch.replacement;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A rule by which a server deletes old documents of a collection that was loaded.
 *
 * @param collection the collection or time series
 * @param index the name of the TTL index; null if the collection itself has the rule
 * @param expireAfter the value of {@code expireAfterSeconds}
 * @param documents how many documents are older than that already
 * @param parked whether the rule is without effect, because that was asked for
 */
public record Expiration(
        String collection, @Nullable String index, BsonValue expireAfter, long documents, boolean parked) {

    /**
     * Returns the command that sets the rule.
     *
     * @return a {@code collMod}, to be run on the database of the collection
     */
    public BsonDocument command() {
        BsonDocument command = new BsonDocument("collMod", new BsonString(collection));
        return index == null
                ? command.append("expireAfterSeconds", expireAfter)
                : command.append(
                        "index",
                        new BsonDocument("name", new BsonString(index)).append("expireAfterSeconds", expireAfter));
    }
}
