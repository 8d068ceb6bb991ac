package dev.monarch.backup;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.archive.ArchivedTotals;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.ShardKey;

/**
 * A collection in the manifest of a backup.
 *
 * @param description its definition
 * @param totals its size and its frames in the archive
 * @param clusterTime the cluster time at which it was read; null without a snapshot, and for views
 * @param reason why it was not read at the cluster time of the other collections, as a clause; null if it was
 * @param shardKey its shard key; null if it was not sharded, or if the key could not be read
 */
public record BackedUpCollection(
        CollectionDescription description,
        ArchivedTotals totals,
        @Nullable BsonTimestamp clusterTime,
        @Nullable String reason,
        @Nullable ShardKey shardKey) {

    /** {@return the name of the collection} */
    public String name() {
        return description.name();
    }
}
