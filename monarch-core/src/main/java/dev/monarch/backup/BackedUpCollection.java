package dev.monarch.backup;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.archive.ArchivedTotals;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.ShardKey;

/**
 * What a manifest says of a collection.
 *
 * @param description what it is
 * @param totals how much of it there is, and where in the archive
 * @param clusterTime the time it was read at, or null if it was read as it came, and for views
 * @param reason why it was not read at the time of the others, as a clause, or null if it was
 * @param shardKey how it was sharded, or null if it was not, or if that could not be read
 */
public record BackedUpCollection(
        CollectionDescription description,
        ArchivedTotals totals,
        @Nullable BsonTimestamp clusterTime,
        @Nullable String reason,
        @Nullable ShardKey shardKey) {

    /**
     * Returns its name.
     *
     * @return the name, without the database
     */
    public String name() {
        return description.name();
    }
}
