package dev.monarch.replacement;

/** Which indexes are built on what is loaded. */
public enum IndexChoice {

    /** All of them as they are; one that servers no longer build is refused before anything is loaded. */
    EXACT,

    /**
     * Those of servers before 3.4 by the rules of {@code mongorestore --convertLegacyIndexes}; an index that no current server
     * can build is left out and named.
     */
    CONVERT_LEGACY,

    /** None but that of {@code _id}. */
    NONE
}
