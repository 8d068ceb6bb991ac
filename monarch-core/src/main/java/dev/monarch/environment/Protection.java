package dev.monarch.environment;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.monarch.environment.GuardedOperation.Exposure;

/** The configured protection of an environment. */
public enum Protection {

    /** Not configured: depends on the name and the hosts. */
    DEFAULT,

    /** Always protected. */
    ON,

    /** Never protected, whatever its name and hosts. */
    OFF;

    private static final Pattern PRODUCTION_LIKE =
            Pattern.compile("(^|[-_.])(prod|production|prd|live)([-_.0-9]|$)", Pattern.CASE_INSENSITIVE);

    /**
     * Converts a configured flag.
     *
     * @param flag the flag; null if it is not set
     * @return the protection
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
