package dev.monarch.transfer;

/** The requested consistency of a read of several collections. */
public enum Consistency {

    /** All collections at one point in time (a consistent snapshot). The operation fails if this is not possible. */
    SNAPSHOT,

    /**
     * All collections at one point in time, if the server supports it. Other collections are read separately and
     * reported.
     */
    BEST,

    /** Each collection separately, without a snapshot. */
    NONE
}
