package dev.monarch.spring.boot.s3;

import java.time.Duration;

/**
 * How much at once, how often and how long. An object of S3 has at most 10,000 parts, so parts grow as an object does; how
 * far is limited by the memory that the parts under way may have together.
 *
 * @param partSize how many bytes the first parts of an object have
 * @param partsPerSize after how many parts of an object their size doubles
 * @param largestPart how many bytes a part has at most
 * @param partsPerVolume how many parts an object has at most; what comes then is the next volume
 * @param parallel how many parts are under way at once
 * @param attempts how often a part is tried, besides what the client does itself
 * @param firstPause how long to wait before the second attempt; twice as long before each further one
 * @param abandonedAfter after what time a backup of which nothing was heard is taken for dead
 */
record S3Limits(
        int partSize,
        int partsPerSize,
        int largestPart,
        int partsPerVolume,
        int parallel,
        int attempts,
        Duration firstPause,
        Duration abandonedAfter) {

    private static final int DOUBLED_TWICE = 4;

    /** Room for one part that is filled and one that is sent, of the largest size. */
    private static final int LARGEST_AT_ONCE = 2;

    static S3Limits of(int partSize) {
        return new S3Limits(
                partSize,
                1_000,
                Math.multiplyExact(partSize, DOUBLED_TWICE),
                9_000,
                4,
                6,
                Duration.ofSeconds(1),
                Duration.ofHours(24));
    }

    /** Returns the size of a part of an object, by its number, which begins with 1. */
    int sizeOf(int number) {
        int doublings = Math.min((number - 1) / partsPerSize, Integer.SIZE - 2);
        return (int) Math.min(largestPart, (long) partSize << doublings);
    }

    /** Returns how many bytes all parts under way have together at most. */
    int room() {
        return Math.multiplyExact(largestPart, LARGEST_AT_ONCE);
    }

    /** Returns how often a life sign is given. */
    Duration lifeSign() {
        return abandonedAfter.dividedBy(24);
    }
}
