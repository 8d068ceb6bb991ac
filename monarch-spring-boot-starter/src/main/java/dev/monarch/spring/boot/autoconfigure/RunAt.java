package dev.monarch.spring.boot.autoconfigure;

/** When an application runs its pending migrations. */
public enum RunAt {

    /** While it starts, before its web server and its message listeners. */
    STARTUP,

    /** When its context is up and before it is ready for traffic. */
    READY,

    /** Never; but it does not start while any is pending. */
    VALIDATE,

    /** Never. */
    NEVER
}
