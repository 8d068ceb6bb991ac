package dev.monarch.engine;

import org.jspecify.annotations.Nullable;

/**
 * A library that an application may leave out.
 *
 * @param artifact its coordinates, as {@code group:artifact}
 * @param packages the beginning of the names of its classes, with slashes
 * @param unusable what is wrong if it is there and does not work, as a clause
 */
public record OptionalLibrary(String artifact, String packages, String unusable) {

    /**
     * Tries the library.
     *
     * @param use calls it
     * @return why it cannot be used, as a clause; null if it can
     */
    public @Nullable String problem(Runnable use) {
        try {
            use.run();
            return null;
        } catch (NoClassDefFoundError e) {
            return String.valueOf(e.getMessage()).startsWith(packages)
                    ? artifact + " is not on the class path; add it as a dependency"
                    : unusable(e);
        } catch (LinkageError | RuntimeException e) {
            return unusable(e);
        }
    }

    private String unusable(Throwable e) {
        return unusable + ": " + e.getMessage();
    }
}
