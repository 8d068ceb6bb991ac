package dev.monarch.version;

import org.bson.Document;

/**
 * Changes documents from one version to the next, and back, in memory.
 *
 * <p>Both methods change the document that they receive, and depend on nothing else. They run at any time, on several
 * threads, any number of times for the same document. They accept documents in which fields are missing. They do not see
 * the field with the number of the version.
 */
public interface DocumentVersionChange {

    /**
     * Turns a document of the version before into one of this version: adds the new fields, and removes those that this
     * version no longer has. No field may stay with another meaning.
     *
     * @param document the document, which it changes
     */
    void upgrade(Document document);

    /**
     * Turns a document of this version into one of the version before: adds the fields that instances of that version need,
     * and removes the new ones that {@link #upgrade} computes from them.
     *
     * <p>As long as instances of the version before exist, each written document keeps the fields that only this method
     * produces, next to the new ones. So instances of both versions read and write the same documents. By default, nothing is
     * kept: instances of the version before cannot read what this version has written.
     *
     * @param document the document, which it changes
     */
    default void downgrade(Document document) {}
}
