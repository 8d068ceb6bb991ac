package dev.monarch.migration;

/** What to do about ids in the history that no migration bears any more. */
public enum UnknownMigrations {

    /** Say so and go on. */
    WARN,

    /**
     * Refuse to run. An id newer than the newest known one is still only said: it comes from a later version of the
     * application, and going back to an earlier one must be possible.
     */
    FAIL
}
