package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Writes batches of documents exactly as they were read. Thread-safe. */
final class BatchInserter {

    private static final int FAILED_TO_PARSE = 9;

    private final MongoDatabase database;

    private final WriteAttempts attempts;

    private final RejectedDocuments rejections;

    private final ExecutedWrites executed;

    private final PlainInserts inserts;

    BatchInserter(MongoDatabase database, RejectedDocuments rejections) {
        this(
                database.withWriteConcern(WriteConcern.MAJORITY),
                new WriteAttempts(),
                rejections,
                WriteConcern.MAJORITY,
                ExecutedWrites.first());
    }

    private BatchInserter(
            MongoDatabase database,
            WriteAttempts attempts,
            RejectedDocuments rejections,
            WriteConcern concern,
            ExecutedWrites executed) {
        this.database = database;
        this.attempts = attempts;
        this.rejections = rejections;
        this.executed = executed;
        this.inserts = new PlainInserts(database, rejections, attempts, concern, executed);
    }

    /** Returns an inserter that reports rejected documents to another receiver. */
    BatchInserter reportingTo(RejectedDocuments others) {
        return ofBatch(others, WriteConcern.MAJORITY, ExecutedWrites.first());
    }

    /**
     * Returns an inserter for the writes of one batch.
     *
     * @param others receives the rejected documents
     * @param concern when the server answers, except for documents with a timestamp of zero, which a majority always has
     * @param executed receives what executed the writes
     */
    BatchInserter ofBatch(RejectedDocuments others, WriteConcern concern, ExecutedWrites executed) {
        return new BatchInserter(database, attempts, others, concern, executed);
    }

    /** {@return the receiver of rejected documents} */
    RejectedDocuments rejections() {
        return rejections;
    }

    /**
     * Writes documents.
     *
     * @param into the collection to write to
     * @param collection the collection that the documents belong to, for reports
     * @param ordered whether each document must be written after the one before it
     * @return how many documents the server acknowledged
     */
    int insert(String into, String collection, List<RawBsonDocument> documents, boolean ordered) {
        List<RawBsonDocument> plain = new ArrayList<>(documents.size());
        int written = 0;
        for (RawBsonDocument document : documents) {
            if (!ZeroTimestamps.isIn(document)) {
                plain.add(document);
                continue;
            }
            if (ordered) {
                written += inserts.insert(into, collection, plain, true);
                plain = new ArrayList<>();
            }
            written += insertWithZeroTimestamp(into, collection, document);
        }
        return written + inserts.insert(into, collection, plain, ordered);
    }

    /** The server keeps such a timestamp only if an update writes the whole document as a literal. */
    private int insertWithZeroTimestamp(String into, String collection, RawBsonDocument document) {
        BsonDocument replacement = new BsonDocument("$replaceWith", new BsonDocument("$literal", document));
        for (int attempt = 1; ; attempt++) {
            try {
                database.getCollection(into)
                        .updateOne(
                                Filters.eq(document.get("_id")),
                                List.of(replacement),
                                new UpdateOptions()
                                        .upsert(true)
                                        .bypassDocumentValidation(attempts.bypass() ? true : null));
                return 1;
            } catch (MongoException e) {
                if (knowsNoPipelines(e)) {
                    return inserts.insert(into, collection, List.of(document), true);
                }
                executed.failed();
                attempts.prepareNext(e, attempt);
            }
        }
    }

    /**
     * Recognises servers that are only similar to MongoDB, and may send no error code. After a broken connection the
     * code is negative and means nothing.
     */
    private static boolean knowsNoPipelines(MongoException failure) {
        boolean answered = failure instanceof MongoCommandException || failure instanceof MongoWriteException;
        return answered && (failure.getCode() < 0 || failure.getCode() == FAILED_TO_PARSE);
    }

    /** Tells whether documents bypass validators, for which not every user has the privilege. */
    boolean bypassesValidators() {
        return attempts.bypass();
    }

    /** {@return a hint to append to failure messages} */
    String advice() {
        return attempts.advice();
    }
}
