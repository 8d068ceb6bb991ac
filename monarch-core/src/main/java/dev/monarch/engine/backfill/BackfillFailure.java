package dev.monarch.engine.backfill;

import java.util.List;

import org.bson.BsonValue;

/** Ends a backfill as failed. Its message says why. */
final class BackfillFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BackfillFailure(String message) {
        super(message);
    }

    static BackfillFailure endless(int count, List<BsonValue> examples) {
        return new BackfillFailure("The change never ends: " + count + " documents that it has changed still match the"
                + " filter of the source and would be changed again, for example with the _id "
                + String.join(", ", examples.stream().map(BsonText::of).toList())
                + ". Let the filter leave out changed documents, or let the change leave them");
    }

    static BackfillFailure tooMany(int limit, BsonValue document, String error) {
        return new BackfillFailure("More than " + limit + " documents could not be changed. The last one has the _id "
                + BsonText.of(document) + ": " + error);
    }

    static BackfillFailure renamed(String collection, String now) {
        return new BackfillFailure("The collection '" + collection + "' was renamed to '" + now
                + "', and its documents are only changed in part. Rename it back, or change the source");
    }

    static BackfillFailure noRoom(String problem) {
        return new BackfillFailure(problem);
    }

    static BackfillFailure notWritable(String collection, String type) {
        return new BackfillFailure("'" + collection + "' is a " + type
                + ", and its documents cannot be changed one by one. Name a collection");
    }

    static BackfillFailure collated(String collection, BsonValue id) {
        return new BackfillFailure("The collection '" + collection
                + "' has a collation, and the _id " + BsonText.of(id)
                + " is text. MongoDB cannot compare such documents exactly. Change them in a migration");
    }
}
