package dev.monarch.transfer;

/** How consistent a read of a whole database has to be. */
public enum Consistency {

    /** All collections at one time of the cluster, or not at all. */
    SNAPSHOT,

    /** At one time as far as the server lets them; what cannot be read so is read by itself, and named. */
    BEST,

    /** Each collection as it comes; asks nothing of the server. */
    NONE
}
