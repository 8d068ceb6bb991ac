package dev.monarch.transfer;

import org.bson.BsonDocument;

/**
 * How a collection is sharded.
 *
 * @param key the fields and how each is sharded, as {@code sh.shardCollection} takes them: {@code {customer: 1}}; those of a
 *     time series are the fields of its documents, not of its buckets
 * @param unique whether the server keeps the key unique
 */
public record ShardKey(BsonDocument key, boolean unique) {

    /**
     * Returns the key and, if it is, that it is unique.
     *
     * @return the key as JSON
     */
    @Override
    public String toString() {
        return key.toJson() + (unique ? " (unique)" : "");
    }
}
