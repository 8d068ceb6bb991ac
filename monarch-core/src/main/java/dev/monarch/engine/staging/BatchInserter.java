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

/** Writes batches of documents so that they are there as they came. Thread-safe. */
final class BatchInserter {

    private static final int FAILED_TO_PARSE = 9;

    private final MongoDatabase database;

    private final WriteAttempts attempts;

    private final Rejections rejections;

    private final PlainInserts inserts;

    BatchInserter(MongoDatabase database, Rejections rejections) {
        this(database.withWriteConcern(WriteConcern.MAJORITY), rejections, new WriteAttempts());
    }

    private BatchInserter(MongoDatabase database, Rejections rejections, WriteAttempts attempts) {
        this.database = database;
        this.attempts = attempts;
        this.rejections = rejections;
        this.inserts = new PlainInserts(database, rejections, attempts);
    }

    /** Returns one that tells somebody else what cannot be written. */
    BatchInserter telling(Rejections others) {
        return new BatchInserter(database, others, attempts);
    }

    /** Returns whom this one tells what cannot be written. */
    Rejections rejections() {
        return rejections;
    }

    /**
     * Writes documents.
     *
     * @param into the collection they are written to
     * @param collection the collection whose documents they are, for reports
     * @param ordered whether each must come after the one before
     * @return how many the server has acknowledged
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

    /** Only an update that writes the whole document as a literal leaves such a timestamp alone. */
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
                attempts.prepareNext(e, attempt);
            }
        }
    }

    /** Servers that are only like MongoDB, and may give no code; a line that broke has a negative one, and says nothing. */
    private static boolean knowsNoPipelines(MongoException failure) {
        boolean answered = failure instanceof MongoCommandException || failure instanceof MongoWriteException;
        return answered && (failure.getCode() < 0 || failure.getCode() == FAILED_TO_PARSE);
    }

    /** Tells whether documents were written past validators, which not every user may. */
    boolean bypassesValidators() {
        return attempts.bypass();
    }

    /** What to say with failures, to be set behind them. */
    String advice() {
        return attempts.advice();
    }
}
