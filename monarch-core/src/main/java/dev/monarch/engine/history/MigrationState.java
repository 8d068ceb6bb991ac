package dev.monarch.engine.history;

/** The state of one migration in the history. */
public enum MigrationState {

    /** Announced by a run on a standalone server so that its writes can be fenced. It has not been started. */
    PENDING,

    /** Started. If no one holds the lock, the process that ran it died. */
    RUNNING,

    /** Done. */
    APPLIED,

    /** Its {@code up} threw. */
    FAILED,

    /**
     * It was running in the environment from which this history was copied, or its own process interrupted it and its
     * policy requires manual intervention.
     */
    INTERRUPTED,

    /** Marked as done manually. It has not run. */
    IGNORED,

    /** Its {@code down} was started and has not succeeded. */
    ROLLING_BACK,

    /** Rolled back. */
    ROLLED_BACK
}
