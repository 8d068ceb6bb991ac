package dev.monarch.queryset;

/**
 * How much goes into one query.
 *
 * @param values the most values
 * @param bytes the most bytes of BSON, unless one value alone is larger
 */
record ChunkLimits(int values, int bytes) {

    /** A query of a few round trips' worth of work that stays far from the 16 MB a query may have. */
    static final ChunkLimits DEFAULT = new ChunkLimits(10_000, 1024 * 1024);
}
