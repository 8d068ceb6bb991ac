package dev.monarch.engine.history;

/** What the history says of one migration. */
public enum MigrationState {

    /** Announced by a run on a standalone server so that its writes can be fenced; it has not been started. */
    PENDING,

    /** Started; without a holder of the lock it means that the run died. */
    RUNNING,

    /** Done. */
    APPLIED,

    /** It threw. */
    FAILED,

    /** It was running where this history was copied from. */
    INTERRUPTED,

    /** Counted as done by hand, without having run. */
    IGNORED,

    /** Its {@code down} was started and has not succeeded. */
    ROLLING_BACK,

    /** Taken back. */
    ROLLED_BACK
}
