package dev.monarch.backfill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.mongodb.MongoClientSettings;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;

/** A change of the documents of one collection, which runs while the application uses them. */
public interface DocumentBackfill {

    /**
     * Returns the documents to change.
     *
     * @return the collection and a filter, the same in every call
     */
    BackfillSource source();

    /**
     * Returns how to change one document.
     *
     * <p>The result must depend only on the document: if the document is changed meanwhile, or a process dies, this is
     * called again. A changed document must no longer match the filter of the source, or need no further change.
     *
     * @param document the document as it is in the database
     * @return the change
     * @throws Exception if the document cannot be changed; it is set aside, and the backfill continues
     */
    Change change(RawBsonDocument document) throws Exception;

    /**
     * The documents that a backfill changes. Immutable.
     *
     * @param collection the name of the collection
     * @param filter the filter that the documents match before they are changed; empty for all documents
     */
    record BackfillSource(String collection, Bson filter) {

        /**
         * Creates a source.
         *
         * @throws IllegalArgumentException if {@code collection} is blank
         */
        public BackfillSource {
            Checks.notBlank("collection", collection);
        }

        /**
         * Creates a source of all documents.
         *
         * @param collection the name of the collection
         * @return the source
         */
        public static BackfillSource of(String collection) {
            return new BackfillSource(collection, new BsonDocument());
        }

        /**
         * Creates a source of some documents.
         *
         * @param collection the name of the collection
         * @param filter the filter that the documents match before they are changed
         * @return the source
         */
        public static BackfillSource of(String collection, Bson filter) {
            return new BackfillSource(collection, filter);
        }
    }

    /** What becomes of one document. Immutable. */
    sealed interface Change {

        /**
         * Sets a field. More fields can be set and removed with the result.
         *
         * @param field the name, or the path with dots
         * @param value the value, of any type that the driver can encode
         * @return the change
         * @throws IllegalArgumentException if the name is blank, {@code _id}, or begins with {@code $}
         */
        static Update set(String field, @Nullable Object value) {
            return Update.NOTHING.set(field, value);
        }

        /**
         * Removes fields. More fields can be set and removed with the result.
         *
         * @param fields the names, or the paths with dots
         * @return the change
         * @throws IllegalArgumentException if a name is blank, {@code _id}, or begins with {@code $}
         */
        static Update unset(String... fields) {
            return Update.NOTHING.unset(fields);
        }

        /**
         * Replaces the document.
         *
         * @param document the new document, with the same {@code _id} or without one
         * @return the change
         */
        static Change replace(Bson document) {
            return new Replacement(document.toBsonDocument(BsonDocument.class, Update.CODECS));
        }

        /** {@return the deletion of the document} */
        static Change delete() {
            return new Deletion();
        }

        /** {@return no change} */
        static Change leave() {
            return new None();
        }

        /**
         * Sets and removes fields.
         *
         * @param values the new values by field; do not modify it
         * @param removed the fields to remove
         */
        record Update(BsonDocument values, Set<String> removed) implements Change {

            private static final CodecRegistry CODECS = CodecRegistries.withUuidRepresentation(
                    MongoClientSettings.getDefaultCodecRegistry(), UuidRepresentation.STANDARD);

            private static final Update NOTHING = new Update(new BsonDocument(), Set.of());

            /**
             * Creates a change.
             *
             * @throws IllegalArgumentException if a name is blank, {@code _id}, or begins with {@code $}
             */
            public Update {
                values = values.clone();
                removed = Set.copyOf(removed);
                List<String> fields = new ArrayList<>(values.keySet());
                fields.addAll(removed);
                fields.forEach(Update::check);
            }

            private static void check(String field) {
                Checks.notBlank("field", field);
                if (field.startsWith("$") || field.equals("_id") || field.startsWith("_id.")) {
                    throw new IllegalArgumentException("A backfill cannot change the field '" + field + "'");
                }
            }

            /**
             * Sets a field, too.
             *
             * @param field the name, or the path with dots
             * @param value the value, of any type that the driver can encode
             * @return the change
             * @throws IllegalArgumentException if the name is blank, {@code _id}, or begins with {@code $}
             */
            public Update set(String field, @Nullable Object value) {
                BsonDocument all = values.clone().append(field, encoded(value));
                Set<String> others = new LinkedHashSet<>(removed);
                others.remove(field);
                return new Update(all, others);
            }

            /**
             * Removes fields, too.
             *
             * @param fields the names, or the paths with dots
             * @return the change
             * @throws IllegalArgumentException if a name is blank, {@code _id}, or begins with {@code $}
             */
            public Update unset(String... fields) {
                BsonDocument others = values.clone();
                Arrays.asList(fields).forEach(others::remove);
                Set<String> all = new LinkedHashSet<>(removed);
                all.addAll(Arrays.asList(fields));
                return new Update(others, all);
            }

            private static BsonValue encoded(@Nullable Object value) {
                if (value instanceof BsonValue bson) {
                    return bson;
                }
                return new Document("value", value)
                        .toBsonDocument(BsonDocument.class, CODECS)
                        .getOrDefault("value", BsonNull.VALUE);
            }
        }

        /**
         * Replaces the document.
         *
         * @param document the new document; do not modify it
         */
        record Replacement(BsonDocument document) implements Change {

            /** Creates a change. */
            public Replacement {
                document = document.clone();
            }
        }

        /** Deletes the document. */
        record Deletion() implements Change {}

        /** Leaves the document as it is. */
        record None() implements Change {}
    }
}
