package dev.monarch.environment;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.monarch.environment.GuardedOperation.Exposure;

/** What the configuration says of an environment's protection. */
public enum Protection {

    /** Nothing: the name and the hosts decide. */
    DEFAULT,

    /** It is protected, wherever it is. */
    ON,

    /** It is not protected, whatever its name and wherever it is. */
    OFF;

    private static final Pattern PRODUCTION_LIKE =
            Pattern.compile("(^|[-_.])(prod|production|prd|live)([-_.0-9]|$)", Pattern.CASE_INSENSITIVE);

    /**
     * Reads the flag of a configuration.
     *
     * @param flag the flag, or null where it is not set
     * @return the protection it stands for
     */
    public static Protection of(@Nullable Boolean flag) {
        if (flag == null) {
            return DEFAULT;
        }
        return flag ? ON : OFF;
    }

    Exposure exposureOf(String name, EnvironmentAddress address) {
        boolean loopback = address.isLoopback();
        return switch (this) {
            case ON -> Exposure.PROTECTED;
            case OFF -> loopback ? Exposure.LOOPBACK : Exposure.REMOTE;
            case DEFAULT -> loopback && !isProductionLike(name) ? Exposure.LOOPBACK : Exposure.PROTECTED;
        };
    }

    private static boolean isProductionLike(String name) {
        return PRODUCTION_LIKE.matcher(name).find();
    }
}
