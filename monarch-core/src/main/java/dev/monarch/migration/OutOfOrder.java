package dev.monarch.migration;

/** What to do about a pending migration that should have run before one that is applied already. */
public enum OutOfOrder {

    /** Run it. */
    RUN,

    /** Say so and run it. */
    WARN,

    /** Refuse to run anything. */
    REFUSE
}
