package dev.monarch.spring.boot.s3;

import java.time.Duration;

/**
 * Limits of sizes, concurrency, attempts and times. An object in S3 has at most 10,000 parts, so parts grow with the
 * object. The memory for all parts in progress limits how far they grow.
 *
 * @param partSize the size of the first parts of an object, in bytes
 * @param partsPerSize after how many parts of an object their size doubles
 * @param largestPart the maximum size of a part, in bytes
 * @param partsPerVolume the maximum number of parts of an object; the rest goes into the next volume
 * @param parallel how many parts are in progress at the same time
 * @param attempts how often a part is tried, in addition to the client's own retries
 * @param firstPause the pause before the second attempt; it doubles before each further one
 * @param abandonedAfter the time without a heartbeat after which a backup counts as dead
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

    /** Memory for one part that is being filled and one that is being sent, both of the largest size. */
    private static final int LARGEST_PARTS = 2;

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

    /** Returns the size of a part of an object by its number, which starts at 1. */
    int sizeOf(int number) {
        int doublings = Math.min((number - 1) / partsPerSize, Integer.SIZE - 2);
        return (int) Math.min(largestPart, (long) partSize << doublings);
    }

    /** {@return the maximum number of bytes of all parts in progress} */
    int room() {
        return Math.multiplyExact(largestPart, LARGEST_PARTS);
    }

    /** {@return the time between two heartbeats} */
    Duration heartbeat() {
        return abandonedAfter.dividedBy(24);
    }
}
