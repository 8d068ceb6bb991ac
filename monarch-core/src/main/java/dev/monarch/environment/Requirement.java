package dev.monarch.environment;

/** What the guard asks of a caller before an operation; the cells of its table. */
public enum Requirement {

    /** Nothing. */
    NOTHING,

    /** A yes. */
    CONFIRMATION,

    /** The environment's name, spelled out by the caller; a yes does not suffice. */
    NAME,

    /** The environment's name and {@code monarch.drop-enabled=true}. */
    SWITCH
}
