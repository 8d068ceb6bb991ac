package dev.monarch.replacement;

/** How what was loaded is checked before it replaces anything. */
public enum Verification {

    /** The acknowledged documents and bytes are those that came, and the server counts as many. */
    COUNT,

    /** And every document is read back and compared by its digest. */
    FULL
}
