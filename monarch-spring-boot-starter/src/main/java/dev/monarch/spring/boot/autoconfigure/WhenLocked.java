package dev.monarch.spring.boot.autoconfigure;

/** What an application does if migrations are pending and another process holds the lock. */
public enum WhenLocked {

    /** It waits for the lock, and then runs what is still pending. */
    WAIT,

    /** It runs nothing, and is not ready for traffic until the holder has applied everything. */
    SKIP
}
