package dev.monarch.migration;

/** How often a migration runs. */
public enum Run {

    /** Once, then never again. */
    ONCE,

    /** In every run. */
    ALWAYS,

    /** Again whenever its {@link Migration#version} is another than when it was last applied. */
    ON_CHANGE
}
