package dev.monarch.spring.boot.autoconfigure;

/** When an application runs its pending migrations. */
public enum RunAt {

    /** While its beans are created, before those that depend on an initialized database. */
    EARLY,

    /** While it starts, before its web server and its message listeners start. */
    STARTUP,

    /** When its context is up, before it is ready for traffic. */
    READY,

    /** Never. If a migration is pending, the start fails. */
    VALIDATE,

    /** Never. */
    NEVER
}
