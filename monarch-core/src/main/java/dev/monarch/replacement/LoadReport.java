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
 * What was loaded.
 *
 * @param collections how many collections, views included
 * @param documents how many documents
 * @param bytes how many bytes they have
 * @param leftOut documents that were left out because of a unique index, as was asked for
 * @param omissions options and indexes that were left out
 * @param lostIndexes which of them are indexes that were wanted and have no successor
 * @param validated whether documents were checked by validators, which the user may not write past
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
     * A rule by which a server deletes old documents of a collection that was loaded.
     *
     * @param collection the collection or time series
     * @param index the name of the TTL index; null if the collection itself has the rule
     * @param expireAfter the value of {@code expireAfterSeconds}
     * @param documents how many documents are older than that already
     * @param parked whether the rule is without effect, because that was asked for
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
