package dev.monarch.transfer;

import com.mongodb.ReadPreference;

/**
 * How a database is to be read.
 *
 * @param operation what it is read for, in words that fit before the name of an environment: {@code back up}
 * @param selection which collections
 * @param consistency how consistent the whole has to be
 * @param workers how many collections are read at once; at least 1
 * @param readPreference which member is asked
 * @param history the collection of the migration history, which is compared before and after
 */
public record DatabaseReading(
        String operation,
        CollectionSelection selection,
        Consistency consistency,
        int workers,
        ReadPreference readPreference,
        String history) {

    /** How many collections are read at once unless somebody says otherwise. */
    public static final int DEFAULT_WORKERS = 4;

    /**
     * Creates a reading.
     *
     * @param operation what it is read for
     * @param selection which collections
     * @param consistency how consistent the whole has to be
     * @param workers how many collections are read at once
     * @param readPreference which member is asked
     * @param history the collection of the migration history
     * @throws IllegalArgumentException if there is no worker
     */
    public DatabaseReading {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, but is " + workers);
        }
    }
}
