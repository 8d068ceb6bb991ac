package dev.monarch.engine.masking;

import java.nio.ByteBuffer;

/**
 * A deterministic generator of pseudorandom numbers, seeded with a digest. It gives the same numbers in every version
 * of Java.
 *
 * <p>The generator is <a href="https://prng.di.unimi.it/xoroshiro128plusplus.c">xoroshiro128++</a>. It is not
 * cryptographically secure and need not be, because its seed is an HMAC.
 */
public final class SeededRandom {

    private long first;

    private long second;

    SeededRandom(byte[] digest) {
        ByteBuffer seed = ByteBuffer.wrap(digest);
        first = seed.getLong();
        second = seed.getLong();
    }

    long next() {
        long drawn = Long.rotateLeft(first + second, 17) + first;
        long mixed = second ^ first;
        first = Long.rotateLeft(first, 49) ^ mixed ^ (mixed << 21);
        second = Long.rotateLeft(mixed, 28);
        return drawn;
    }

    /** {@return a number from 0 (inclusive) to a bound (exclusive)} */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** {@return a number between two bounds, both inclusive} */
    long between(long least, long greatest) {
        long count = greatest - least + 1;
        long drawn = next();
        return count == 0 ? drawn : least + highBits(drawn, count);
    }

    /** {@return the upper half of an unsigned product} Java 18 has {@code Math.unsignedMultiplyHigh}. */
    private static long highBits(long left, long right) {
        return Math.multiplyHigh(left, right) + ((left >> 63) & right) + ((right >> 63) & left);
    }

    <T> T of(T[] choices) {
        return choices[below(choices.length)];
    }
}
