package dev.monarch.replacement;

/**
 * How the data of a restore or a copy is loaded. Immutable.
 *
 * @param onDuplicate what to do about documents that a unique index does not allow
 * @param indexes which indexes are built
 * @param verification how the loaded data is verified
 */
public record LoadOptions(OnDuplicate onDuplicate, IndexChoice indexes, Verification verification) {

    /** Fails on duplicates, builds all indexes unchanged, and counts. */
    public static final LoadOptions DEFAULT = new LoadOptions(OnDuplicate.FAIL, IndexChoice.EXACT, Verification.COUNT);

    /**
     * Returns the same options with another choice about duplicates.
     *
     * @param other what to do about documents that a unique index does not allow
     * @return the options
     */
    public LoadOptions withOnDuplicate(OnDuplicate other) {
        return new LoadOptions(other, indexes, verification);
    }

    /**
     * Returns the same options with other indexes.
     *
     * @param other which indexes are built
     * @return the options
     */
    public LoadOptions withIndexes(IndexChoice other) {
        return new LoadOptions(onDuplicate, other, verification);
    }

    /**
     * Returns the same options with another verification.
     *
     * @param other how the loaded data is verified
     * @return the options
     */
    public LoadOptions withVerification(Verification other) {
        return new LoadOptions(onDuplicate, indexes, other);
    }

    /** What to do about documents that a unique index does not allow, including that of {@code _id}. */
    public enum OnDuplicate {

        /** The operation fails before anything is replaced, and names the documents. */
        FAIL,

        /**
         * The first document by {@code _id} is kept. Of two with the same {@code _id}, the one that arrives first is
         * kept. The others are left out and listed.
         */
        REPORT
    }

    /** Which indexes are built on the loaded data. */
    public enum IndexChoice {

        /** All indexes unchanged. If no current server can build one, the operation is refused before the load. */
        EXACT,

        /**
         * Indexes of servers before 3.4 are converted by the rules of {@code mongorestore --convertLegacyIndexes}. An
         * index that no current server can build is left out and named.
         */
        CONVERT_LEGACY,

        /** No index except that of {@code _id}. */
        NONE
    }

    /** How the loaded data is verified before it replaces anything. */
    public enum Verification {

        /** The acknowledged documents and bytes are those that were sent, and the server counts the same number. */
        COUNT,

        /** In addition, every document is read back and compared by its digest. */
        FULL
    }
}
