package dev.monarch.engine.original;

import java.util.function.Consumer;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A document that is about to be changed.
 *
 * @param before the document as it is
 * @param after what will be written
 */
public record ChangedOriginal(RawBsonDocument before, After after) {

    /** What is written instead of a document. */
    public static final class After {

        /** The document is deleted. */
        public static final After NOTHING = new After(true, null);

        /** Only the server can compute it. */
        public static final After UNKNOWN = new After(false, null);

        private final boolean known;

        private final @Nullable BsonDocument document;

        private After(boolean known, @Nullable BsonDocument document) {
            this.known = known;
            this.document = document;
        }

        /**
         * Another document.
         *
         * @param document the document
         * @return what is written
         */
        public static After of(BsonDocument document) {
            return new After(true, document);
        }

        void ifKnown(Consumer<@Nullable BsonDocument> action) {
            if (known) {
                action.accept(document);
            }
        }
    }
}
