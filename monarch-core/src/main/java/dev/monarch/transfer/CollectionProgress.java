package dev.monarch.transfer;

/**
 * How far one collection has come.
 *
 * @param collection its name
 * @param documents how many documents have come so far
 * @param bytes how many bytes of documents that is, uncompressed
 * @param expected what there is in all, as well as it is known
 * @param state where it stands
 */
public record CollectionProgress(String collection, long documents, long bytes, Expected expected, State state) {

    /** Where a collection stands. */
    public enum State {
        /** Not begun. */
        WAITING,
        /** Documents are coming. */
        RUNNING,
        /** All documents have come. */
        ENDED
    }

    /**
     * What there is in all.
     *
     * @param documents how many documents; -1 if nobody knows
     * @param bytes how many bytes; -1 if nobody knows
     */
    public record Expected(long documents, long bytes) {

        /** Nobody knows. */
        public static final Expected UNKNOWN = new Expected(-1, -1);
    }
}
