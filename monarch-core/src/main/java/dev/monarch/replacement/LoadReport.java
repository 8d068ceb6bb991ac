package dev.monarch.replacement;

import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.TransferFailedException.DocumentFailure;
import dev.monarch.engine.Checks;
import dev.monarch.transfer.Omission;

/**
 * The result of a load.
 *
 * @param collections the number of collections, including views
 * @param documents the number of documents
 * @param bytes the size of the documents in bytes
 * @param leftOut documents that were omitted because of a unique index, as requested
 * @param omissions options and indexes that were omitted
 * @param lostIndexes the indexes among them that were requested and were not converted
 * @param validated whether validators checked the documents, because the user lacks the privilege to bypass them
 */
public record LoadReport(
        int collections,
        long documents,
        long bytes,
        List<DocumentFailure> leftOut,
        List<Omission> omissions,
        List<Omission> lostIndexes,
        boolean validated) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public LoadReport {
        Checks.atLeast("collections", collections, 0);
        Checks.atLeast("documents", documents, 0);
        Checks.atLeast("bytes", bytes, 0);
        leftOut = List.copyOf(leftOut);
        omissions = List.copyOf(omissions);
        lostIndexes = List.copyOf(lostIndexes);
    }

    /**
     * A TTL rule of a loaded collection.
     *
     * @param collection the collection or time series
     * @param index the name of the TTL index; null if the collection itself has the rule
     * @param expireAfter the value of {@code expireAfterSeconds}
     * @param documents the number of documents that have already expired
     * @param parked whether the rule has no effect, as requested
     */
    public record Expiration(
            String collection, @Nullable String index, BsonValue expireAfter, long documents, boolean parked) {

        /**
         * Creates a rule.
         *
         * @throws IllegalArgumentException if {@code collection} is empty, or {@code documents} is negative
         */
        public Expiration {
            Checks.notEmpty("collection", collection);
            Checks.atLeast("documents", documents, 0);
        }

        /**
         * Returns the command that sets the rule.
         *
         * @return a {@code collMod}, to be run on the database of the collection
         */
        public BsonDocument command() {
            BsonDocument command = new BsonDocument("collMod", new BsonString(collection));
            return index == null
                    ? command.append("expireAfterSeconds", expireAfter)
                    : command.append(
                            "index",
                            new BsonDocument("name", new BsonString(index)).append("expireAfterSeconds", expireAfter));
        }
    }
}
