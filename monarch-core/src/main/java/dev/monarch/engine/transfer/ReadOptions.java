package dev.monarch.engine.transfer;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.monarch.engine.Checks;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;

/**
 * How to read a database.
 *
 * @param operation the operation, as a phrase before the name of an environment: {@code back up}
 * @param selection which collections
 * @param consistency the required consistency
 * @param workers how many collections are read at the same time; at least 1
 * @param readPreference which member of the replica set to read from
 * @param history the migration history collection, which is compared before and after the read
 * @param subset the part to read; {@link SubsetChoice#WHOLE} for all of the selected collections
 * @param maxRate the maximum data to read per second, by all workers together; null for no limit
 * @param allowEmpty whether to read a database without user collections
 */
public record ReadOptions(
        String operation,
        CollectionSelection selection,
        Consistency consistency,
        int workers,
        ReadPreference readPreference,
        String history,
        SubsetChoice subset,
        @Nullable DataSize maxRate,
        boolean allowEmpty) {

    /** The default for how many collections are read at the same time. */
    public static final int DEFAULT_WORKERS = 4;

    /**
     * Creates options.
     *
     * @throws IllegalArgumentException if {@code workers} is less than 1, or {@code maxRate} is less than one byte
     */
    public ReadOptions {
        Checks.atLeast("workers", workers, 1);
        if (maxRate != null && maxRate.toBytes() < 1) {
            throw new IllegalArgumentException("maxRate must be at least one byte, but is " + maxRate);
        }
    }

    /**
     * Creates options for whole collections of a non-empty database, without a rate limit.
     *
     * @param operation the operation
     * @param selection which collections
     * @param consistency the required consistency
     * @param workers how many collections are read at the same time
     * @param readPreference which member of the replica set to read from
     * @param history the migration history collection
     */
    public ReadOptions(
            String operation,
            CollectionSelection selection,
            Consistency consistency,
            int workers,
            ReadPreference readPreference,
            String history) {
        this(operation, selection, consistency, workers, readPreference, history, SubsetChoice.WHOLE, null, false);
    }
}
