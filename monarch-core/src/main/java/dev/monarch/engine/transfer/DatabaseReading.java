package dev.monarch.engine.transfer;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;

/**
 * How a database is to be read.
 *
 * @param operation what it is read for, in words that fit before the name of an environment: {@code back up}
 * @param selection which collections
 * @param consistency how consistent the whole has to be
 * @param workers how many collections are read at once; at least 1
 * @param readPreference which member is asked
 * @param history the collection of the migration history, which is compared before and after
 * @param subset which part of it; {@link SubsetChoice#WHOLE} for all of the selected collections
 * @param maxRate how much is read in a second, over all workers together; null for as much as goes
 * @param allowEmpty whether a database that holds no collection of anybody's is read
 */
public record DatabaseReading(
        String operation,
        CollectionSelection selection,
        Consistency consistency,
        int workers,
        ReadPreference readPreference,
        String history,
        SubsetChoice subset,
        @Nullable DataSize maxRate,
        boolean allowEmpty) {

    /** How many collections are read at once unless somebody says otherwise. */
    public static final int DEFAULT_WORKERS = 4;

    /**
     * Creates a reading.
     *
     * @throws IllegalArgumentException if there is no worker, or nothing may be read in a second
     */
    public DatabaseReading {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, but is " + workers);
        }
        if (maxRate != null && maxRate.toBytes() < 1) {
            throw new IllegalArgumentException("maxRate must be at least one byte, but is " + maxRate);
        }
    }

    /**
     * Creates a reading of whole collections, as fast as it goes, of a database that is not empty.
     *
     * @param operation what it is read for
     * @param selection which collections
     * @param consistency how consistent the whole has to be
     * @param workers how many collections are read at once
     * @param readPreference which member is asked
     * @param history the collection of the migration history
     */
    public DatabaseReading(
            String operation,
            CollectionSelection selection,
            Consistency consistency,
            int workers,
            ReadPreference readPreference,
            String history) {
        this(operation, selection, consistency, workers, readPreference, history, SubsetChoice.WHOLE, null, false);
    }
}
