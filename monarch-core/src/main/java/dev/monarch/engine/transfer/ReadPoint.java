package dev.monarch.engine.transfer;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The point in time at which a collection is read.
 *
 * @param time a cluster time; null to read without a snapshot
 * @param reason why it differs from that of the other collections, as a clause; null if it does not
 */
record ReadPoint(@Nullable BsonTimestamp time, @Nullable String reason) {}
