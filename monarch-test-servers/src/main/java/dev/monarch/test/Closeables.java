package dev.monarch.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Closes several resources, each of them even if one before it fails. */
final class Closeables {

    private Closeables() {}

    /** Closes all of them. Throws the first exception at the end, with the later ones suppressed in it. */
    static void all(List<? extends AutoCloseable> things) {
        RuntimeException first = null;
        for (AutoCloseable thing : things) {
            first = close(thing, first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException close(AutoCloseable thing, @Nullable RuntimeException first) {
        try {
            thing.close();
            return first;
        } catch (Exception e) {
            if (first != null) {
                first.addSuppressed(e);
                return first;
            }
            return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
    }
}
