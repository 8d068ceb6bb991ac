package dev.monarch.staging;

/** What to do about documents that a unique index does not allow. */
public enum OnDuplicate {

    /** The operation fails before anything is replaced, and names them. */
    FAIL,

    /** The first by {@code _id} is kept, the rest is left out and listed. */
    REPORT
}
