package dev.monarch.engine.dump;

import dev.monarch.engine.Checks;

/**
 * Limits for dumps, which may come from strangers.
 *
 * @param maxFiles the maximum number of files
 * @param maxRatio how many times larger than its stored size the content may be; small content is always permitted
 */
public record ContainerLimits(int maxFiles, int maxRatio) {

    /**
     * Creates limits.
     *
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public ContainerLimits {
        Checks.atLeast("maxFiles", maxFiles, 1);
        Checks.atLeast("maxRatio", maxRatio, 1);
    }
}
