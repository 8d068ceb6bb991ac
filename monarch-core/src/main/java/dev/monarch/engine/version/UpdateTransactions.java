package dev.monarch.engine.version;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.session.ClientSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.lock.Pause;
import dev.monarch.engine.version.StoredDocuments.Isolation;

/**
 * Runs the steps of one update: in a transaction of its own, so that no one sees them half done. If the application has a session
 * already, or the server has no transactions, each step has an effect only if its document is still as it was read.
 */
final class UpdateTransactions {

    private static final Logger log = LoggerFactory.getLogger(UpdateTransactions.class);

    /** As the driver's {@code withTransaction}. */
    private static final Duration LONGEST = Duration.ofSeconds(120);

    private static final int ATTEMPTS = 10_000;

    private static final int COMMITS = 10;

    private static final int LONGEST_PAUSE_MILLIS = 10;

    /** What a standalone server answers: "Transaction numbers are only allowed on a replica set member or mongos". */
    private static final int ILLEGAL_OPERATION = 20;

    private final Class<?> api;

    private final Object collection;

    private final DriverAnswers answers;

    private final @Nullable ClientSession given;

    /**
     * Creates it.
     *
     * @param api {@code MongoCollection} of either driver
     * @param collection the collection
     * @param answers how the driver answers
     * @param given the session of the caller, or null
     */
    UpdateTransactions(Class<?> api, Object collection, DriverAnswers answers, @Nullable ClientSession given) {
        this.api = api;
        this.collection = collection;
        this.answers = answers;
        this.given = given;
    }

    /** The result of all steps. */
    record Done(@Nullable Object result) {}

    /**
     * Runs the steps, again if someone else has changed a document between two of them.
     *
     * @param steps return null if someone else has changed a document
     * @return the result
     */
    @Nullable
    Object run(Function<StoredDocuments, @Nullable Done> steps) {
        try (ClientSession own = session()) {
            if (own != null) {
                return inTransaction(own, steps);
            }
        } catch (MongoException e) {
            if (!isWithoutTransactions(e)) {
                throw e;
            }
            rememberNoTransactions();
        }
        return guarded(steps);
    }

    /** {@return how many documents one transaction updates} */
    int groupSize(int most) {
        try (ClientSession own = session()) {
            return own == null ? 1 : most;
        }
    }

    private @Nullable ClientSession session() {
        if (given != null) {
            return null;
        }
        try {
            return answers.session();
        } catch (MongoException e) {
            if (!isWithoutTransactions(e)) {
                throw e;
            }
            rememberNoTransactions();
            return null;
        }
    }

    private void rememberNoTransactions() {
        if (answers.rememberNoTransactions()) {
            log.warn(
                    "The server has no transactions. An update of documents with versions consists of several writes, and an"
                            + " instance of an older version may write a document between two of them");
        }
    }

    private static boolean isWithoutTransactions(MongoException e) {
        return e.getClass() == MongoClientException.class
                || e.getCode() == ILLEGAL_OPERATION
                        && String.valueOf(e.getMessage()).contains("Transaction numbers");
    }

    /** {@return the documents outside a transaction of this update} */
    StoredDocuments outside() {
        return new StoredDocuments(api, collection, answers, given, Isolation.NONE);
    }

    private @Nullable Object guarded(Function<StoredDocuments, @Nullable Done> steps) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Done done = steps.apply(outside());
            if (done != null) {
                return done.result();
            }
        }
        throw new MongoException("A document was changed by others " + ATTEMPTS + " times while it was updated");
    }

    private @Nullable Object inTransaction(ClientSession own, Function<StoredDocuments, @Nullable Done> steps) {
        long ends = System.nanoTime() + LONGEST.toNanos();
        Isolation isolation = Isolation.SNAPSHOT;
        while (true) {
            StoredDocuments documents = new StoredDocuments(api, collection, answers, own, isolation);
            boolean committing = false;
            call(own, "startTransaction", List.of(TransactionOptions.class), options());
            try {
                Done done = steps.apply(documents);
                if (done != null) {
                    committing = true;
                    commit(own);
                    return done.result();
                }
                abort(own);
            } catch (MongoException e) {
                if (!committing) {
                    abort(own);
                }
                if (!e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL) || System.nanoTime() > ends) {
                    throw e;
                }
            } catch (RuntimeException e) {
                abort(own);
                throw e;
            }
            // Someone else was faster. Next time, they wait for this update.
            isolation = Isolation.LOCK;
            if (!Pause.of(Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS)))) {
                throw new MongoInterruptedException("Interrupted before an update was tried again", null);
            }
        }
    }

    private TransactionOptions options() {
        WriteConcern concern = (WriteConcern)
                DriverMethods.invoke(collection, DriverMethods.method(api, "getWriteConcern", List.of()));
        return TransactionOptions.builder()
                .readPreference(ReadPreference.primary())
                .writeConcern(concern == null || !concern.isAcknowledged() ? WriteConcern.ACKNOWLEDGED : concern)
                .build();
    }

    private void commit(ClientSession own) {
        for (int attempt = 1; ; attempt++) {
            try {
                call(own, "commitTransaction", List.of());
                return;
            } catch (MongoException e) {
                if (!e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL) || attempt == COMMITS) {
                    throw e;
                }
            }
        }
    }

    private void abort(ClientSession own) {
        try {
            call(own, "abortTransaction", List.of());
        } catch (RuntimeException e) {
            log.debug("The transaction was not aborted; the server ends it", e);
        }
    }

    private void call(ClientSession own, String name, List<Class<?>> types, Object... arguments) {
        answers.value(DriverMethods.invoke(
                own, DriverMethods.method(DriverMethods.sessionType(api), name, types), arguments));
    }
}
