package dev.monarch.replacement;

import dev.monarch.transfer.Namespace;
import dev.monarch.transfer.ShardKey;

/**
 * A collection that is sharded where the data comes from, and that Monarch does not shard where it goes.
 *
 * @param namespace what it is called where it goes
 * @param shardKey how it is sharded where the data comes from
 * @param collated whether the collection has a collation of its own: its shard key must be said to be compared without
 */
public record UnshardedCollection(Namespace namespace, ShardKey shardKey, boolean collated) {}
