package dev.monarch.test;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for the databases of tests: unique across JVMs that share a server, and readable if a database is left behind.
 */
final class DatabaseName {

    /** The limit of MongoDB Atlas. Other servers accept 63. */
    static final int MAX_BYTES = 38;

    private static final String JVM = Long.toString(new SecureRandom().nextLong(1L << 40), Character.MAX_RADIX);

    private static final AtomicLong COUNTER = new AtomicLong();

    private DatabaseName() {}

    /** {@return a new name} It is lower case, because MongoDB refuses two names that differ only in case. */
    static String next(String testMethod) {
        String suffix = "_" + JVM + "_" + Long.toString(COUNTER.incrementAndGet(), Character.MAX_RADIX);
        String readable = "t_" + testMethod.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return readable.substring(0, Math.min(readable.length(), MAX_BYTES - suffix.length())) + suffix;
    }
}
