package dev.monarch.spring.boot.autoconfigure;

/** What an application does that finds migrations pending and the lock held. */
public enum WhenLocked {

    /** It waits for the lock and then runs what is still pending. */
    WAIT,

    /** It runs nothing and is not ready for traffic until the holder has applied everything. */
    SKIP
}
