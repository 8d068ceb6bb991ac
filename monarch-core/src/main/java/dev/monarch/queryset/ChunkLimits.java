package dev.monarch.queryset;

/**
 * Limits the values in one query.
 *
 * @param values the maximum number of values
 * @param bytes the maximum size in bytes of BSON, unless a single value is larger
 */
record ChunkLimits(int values, int bytes) {

    /** Makes queries efficient and keeps them far below the limit of 16 MB. */
    static final ChunkLimits DEFAULT = new ChunkLimits(10_000, 1024 * 1024);
}
