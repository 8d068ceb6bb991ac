package dev.monarch.engine.server;

import java.util.List;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.WriteConcernError;

/**
 * The errors that a server reports for single documents of a write.
 *
 * <p>A primary that steps down during a write reports that for each document that is left, although none is at fault. So such an
 * error is one of the whole write.
 */
public final class DocumentErrors {

    private DocumentErrors() {}

    /**
     * Returns the errors of documents that the server rejected.
     *
     * @param failure the failure of a bulk write
     * @return the errors, of which there is at least one
     * @throws MongoException if the write failed as a whole
     */
    public static List<BulkWriteError> of(MongoBulkWriteException failure) {
        List<BulkWriteError> errors = failure.getWriteErrors();
        for (BulkWriteError error : errors) {
            requireReasonInDocument(error.getCode(), error.getMessage());
        }
        WriteConcernError unconfirmed = failure.getWriteConcernError();
        if (unconfirmed != null) {
            requireReasonInDocument(unconfirmed.getCode(), unconfirmed.getMessage());
        }
        if (errors.isEmpty()) {
            throw failure;
        }
        return errors;
    }

    /**
     * Checks that an error is one of a document.
     *
     * @param code the server's code
     * @param message the server's message
     * @throws MongoException if the server became unable to write
     */
    public static void requireReasonInDocument(int code, String message) {
        MongoException failure = new MongoException(code, message);
        if (TransientFailure.is(failure)) {
            throw failure;
        }
    }
}
