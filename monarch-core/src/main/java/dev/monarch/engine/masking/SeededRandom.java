package dev.monarch.engine.masking;

import java.nio.ByteBuffer;

/**
 * Numbers that look like chance and follow from a digest; the same ones in every version of Java.
 *
 * <p>The generator is <a href="https://prng.di.unimi.it/xoroshiro128plusplus.c">xoroshiro128++</a>. It hides nothing, and
 * need not: its seed is an HMAC already.
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

    /** Returns a number from 0 to, but not including, a bound. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Returns a number between two, which may be any two longs and are both possible. */
    long between(long least, long greatest) {
        long count = greatest - least + 1;
        long drawn = next();
        return count == 0 ? drawn : least + highBits(drawn, count);
    }

    /** The upper half of an unsigned product; Java 18 has a method for it. */
    private static long highBits(long left, long right) {
        return Math.multiplyHigh(left, right) + ((left >> 63) & right) + ((right >> 63) & left);
    }

    <T> T of(T[] choices) {
        return choices[below(choices.length)];
    }
}
