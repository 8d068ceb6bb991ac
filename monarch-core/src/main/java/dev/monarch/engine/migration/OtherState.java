package dev.monarch.engine.migration;

/** The state of a migration in another tool's history. Of two entries with one time, the later state counts. */
enum OtherState {

    /** It was started, and did not end. */
    STARTED,

    /** It is applied. */
    APPLIED,

    /** It failed. */
    FAILED,

    /** It is not applied: it was rolled back, or never started. */
    PENDING,

    /** Its rollback failed. */
    ROLLBACK_FAILED
}
