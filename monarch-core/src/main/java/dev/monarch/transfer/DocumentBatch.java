package dev.monarch.transfer;

/**
 * Whole documents of one collection, one behind the other, as BSON that nobody has decoded.
 *
 * <p>Whoever is handed a batch owns its bytes; whoever made it keeps no reference to them.
 *
 * @param bytes the documents, from index 0
 * @param length how many of the bytes are documents
 * @param documents how many documents that is
 */
public record DocumentBatch(byte[] bytes, int length, int documents) {

    /**
     * Creates a batch.
     *
     * @param bytes the documents
     * @param length how many of the bytes are documents
     * @param documents how many documents that is
     * @throws IllegalArgumentException if the length is not that of something in the bytes
     */
    public DocumentBatch {
        if (length < 0 || length > bytes.length) {
            throw new IllegalArgumentException("length must be from 0 to " + bytes.length + ", but is " + length);
        }
        if (documents < 0) {
            throw new IllegalArgumentException("documents must not be negative, but is " + documents);
        }
    }
}
