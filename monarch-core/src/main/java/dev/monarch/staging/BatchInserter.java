package dev.monarch.staging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOptions;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.transfer.DocumentBatch;
import dev.monarch.transfer.TransientFailure;

/** Writes batches of documents as they are, and again where a failure may pass. Thread-safe. */
final class BatchInserter {

    private static final Logger log = LoggerFactory.getLogger(BatchInserter.class);

    private static final int UNAUTHORIZED = 13;

    private static final String NEEDED = "the action is bypassDocumentValidation, of the role dbAdmin";

    private static final int DUPLICATE_KEY = 11000;

    private static final int ATTEMPTS = 6;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final MongoDatabase database;

    private final DocumentFailures failures;

    /** Not every role may go past a validator: D21. */
    private final AtomicBoolean bypass;

    BatchInserter(MongoDatabase database, DocumentFailures failures) {
        this(database.withWriteConcern(WriteConcern.MAJORITY), failures, new AtomicBoolean(true));
    }

    private BatchInserter(MongoDatabase database, DocumentFailures failures, AtomicBoolean bypass) {
        this.database = database;
        this.failures = failures;
        this.bypass = bypass;
    }

    /** Returns one that tells somebody else what cannot be written. */
    BatchInserter telling(DocumentFailures others) {
        return new BatchInserter(database, others, bypass);
    }

    static List<RawBsonDocument> split(DocumentBatch batch) {
        List<RawBsonDocument> documents = new ArrayList<>(batch.documents());
        byte[] bytes = batch.bytes();
        for (int at = 0; at < batch.length(); ) {
            int length = bytes[at] & 0xFF
                    | (bytes[at + 1] & 0xFF) << 8
                    | (bytes[at + 2] & 0xFF) << 16
                    | (bytes[at + 3] & 0xFF) << 24;
            documents.add(new RawBsonDocument(bytes, at, length));
            at += length;
        }
        return documents;
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
        MongoCollection<RawBsonDocument> target = database.getCollection(into, RawBsonDocument.class);
        List<RawBsonDocument> plain = new ArrayList<>(documents.size());
        int written = 0;
        for (RawBsonDocument document : documents) {
            if (!ZeroTimestamps.isIn(document)) {
                plain.add(document);
                continue;
            }
            if (ordered) {
                written += insertPlain(target, collection, plain, true);
                plain = new ArrayList<>();
            }
            written += insertWithZeroTimestamp(target, collection, document);
        }
        return written + insertPlain(target, collection, plain, ordered);
    }

    private int insertPlain(
            MongoCollection<RawBsonDocument> target,
            String collection,
            List<RawBsonDocument> documents,
            boolean ordered) {
        if (documents.isEmpty()) {
            return 0;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                target.insertMany(
                        documents,
                        new InsertManyOptions().ordered(ordered).bypassDocumentValidation(bypass.get() ? true : null));
                return documents.size();
            } catch (MongoBulkWriteException e) {
                return documents.size() - rejected(e, collection, documents, attempt > 1);
            } catch (MongoInterruptedException e) {
                throw e;
            } catch (MongoException e) {
                prepareNextAttempt(e, attempt);
            }
        }
    }

    /** A document that an earlier attempt has written is no failure: nobody else writes here. */
    private int rejected(
            MongoBulkWriteException failure, String collection, List<RawBsonDocument> documents, boolean again) {
        int rejected = 0;
        for (BulkWriteError error : failure.getWriteErrors()) {
            if (again && error.getCode() == DUPLICATE_KEY) {
                continue;
            }
            failures.add(collection, documents.get(error.getIndex()), error.getCode(), error.getMessage());
            rejected++;
        }
        if (failure.getWriteConcernError() != null) {
            throw failure;
        }
        return rejected;
    }

    private void prepareNextAttempt(MongoException failure, int attempt) {
        if (failure.getCode() == UNAUTHORIZED && attempt < ATTEMPTS) {
            // Several may be refused at once, and the first of them has told it.
            goWithoutBypass();
            return;
        }
        if (!TransientFailure.is(failure) || attempt == ATTEMPTS) {
            throw failure;
        }
        log.debug("Writing a batch again", failure);
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** What to say with failures, to be set behind them. */
    String advice() {
        return bypass.get() ? "" : " (this user may not write past validators: " + NEEDED + ")";
    }

    private void goWithoutBypass() {
        if (bypass.getAndSet(false)) {
            log.warn(
                    "This user may not write past validators: documents that violate one will be refused ({})", NEEDED);
        }
    }

    /** Only an update that writes the whole document as a literal leaves such a timestamp alone. */
    private int insertWithZeroTimestamp(
            MongoCollection<RawBsonDocument> target, String collection, RawBsonDocument document) {
        BsonDocument replacement = new BsonDocument("$replaceWith", new BsonDocument("$literal", document));
        for (int attempt = 1; ; attempt++) {
            try {
                target.updateOne(
                        Filters.eq(document.get("_id")),
                        List.of(replacement),
                        new UpdateOptions().upsert(true).bypassDocumentValidation(bypass.get() ? true : null));
                return 1;
            } catch (MongoInterruptedException e) {
                throw e;
            } catch (MongoException e) {
                if (knowsNoPipelines(e)) {
                    return insertPlain(target, collection, List.of(document), true);
                }
                prepareNextAttempt(e, attempt);
            }
        }
    }

    /** Servers that are only like MongoDB; MongoDB has known them since 4.2. */
    private static boolean knowsNoPipelines(MongoException failure) {
        return failure.getCode() < 0 || failure.getCode() == 9;
    }
}
