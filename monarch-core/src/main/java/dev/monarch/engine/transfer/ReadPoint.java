package dev.monarch.engine.transfer;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The moment a collection is read at.
 *
 * @param time a time of the cluster; null to read what is there as it comes
 * @param reason why it is not the moment of all others, as a clause; null if it is
 */
record ReadPoint(@Nullable BsonTimestamp time, @Nullable String reason) {}
