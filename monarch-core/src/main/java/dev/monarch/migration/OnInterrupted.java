package dev.monarch.migration;

/** What becomes of a migration that was started and not ended. */
public enum OnInterrupted {

    /** The next run starts it again. */
    RETRY,

    /** The next run refuses until a person has looked and said how it stands. */
    MANUAL
}
