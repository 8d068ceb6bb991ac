package dev.monarch.replacement;

/** What to do about documents that a unique index does not allow, that of {@code _id} included. */
public enum OnDuplicate {

    /** The operation fails before anything is replaced, and names them. */
    FAIL,

    /** The first by {@code _id} is kept, of two with one {@code _id} that which arrives first; the others are left out and listed. */
    REPORT
}
