package dev.monarch.staging;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockLostException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.HeldLock;
import dev.monarch.server.TransientFailure;
import dev.monarch.transfer.CollectionType;

/**
 * Puts what was loaded in the place of what is there, step by step and forward only.
 *
 * <p>Nobody knows of a step that ended in an error whether it was done: so each one looks first. All steps can be done again
 * from the first on.
 */
final class Swap {

    private static final Logger log = LoggerFactory.getLogger(Swap.class);

    private static final int ATTEMPTS = 60;

    private static final Duration BETWEEN_NOTES = Duration.ofMillis(500);

    private static final int NAMESPACE_NOT_FOUND = 26;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MonarchEnvironment environment;

    private final MongoDatabase database;

    private final MongoDatabase admin;

    private final HeldLock lock;

    private final Journal journal;

    private final TargetCatalogue catalogue;

    private final Duration renameLimit;

    Swap(MonarchEnvironment environment, HeldLock lock, Journal journal, Duration renameLimit) {
        this.environment = environment;
        this.database = environment.database().withWriteConcern(WriteConcern.MAJORITY);
        this.admin = environment.client().getDatabase("admin");
        this.lock = lock;
        this.journal = journal;
        this.catalogue = new TargetCatalogue(database);
        this.renameLimit = renameLimit;
    }

    /**
     * Does all steps and ends the journal's entry.
     *
     * @throws SwapInterruptedException if one could not be done; the next contact does the rest
     */
    void run(String run, List<SwapStep> steps) {
        int done = 0;
        long told = System.nanoTime();
        try {
            for (SwapStep step : steps) {
                lock.ensureHeld();
                perform(step);
                done++;
                told = tellNowAndThen(run, done, told);
            }
            journal.end(run);
        } catch (MongoException | LockLostException e) {
            throw new SwapInterruptedException(environment.name(), done, steps.size(), e);
        }
    }

    /** The journal's number is for people; what is done is seen by looking. */
    private long tellNowAndThen(String run, int done, long told) {
        long now = System.nanoTime();
        if (now - told < BETWEEN_NOTES.toNanos()) {
            return told;
        }
        journal.done(run, done);
        return now;
    }

    private void perform(SwapStep step) {
        for (int attempt = 1; ; attempt++) {
            try {
                performOnce(step);
                return;
            } catch (MongoInterruptedException e) {
                throw e;
            } catch (MongoException e) {
                if (!TransientFailure.is(e) || attempt == ATTEMPTS) {
                    throw e;
                }
                log.info("Looking again whether '{}' is replaced: {}", step.target(), e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
                lock.ensureHeld();
            }
        }
    }

    private void performOnce(SwapStep step) {
        switch (step.kind()) {
            case RENAME -> rename(step);
            case DROP -> SystemCollections.remove(database, step.target());
            case CREATE_VIEW -> createView(step);
            case WRITE_DOCUMENTS -> new DocumentReplacement(database, catalogue, step).run();
            case REPLACE_TIME_SERIES -> new TimeSeriesReplacement(database, catalogue, step).run();
        }
    }

    /** Looks only when the rename is refused: mostly it is not. */
    private void rename(SwapStep step) {
        String staging = Objects.requireNonNull(step.staging());
        try {
            rename(staging, step.target());
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == NAMESPACE_NOT_FOUND
                    || catalogue.find(staging).isEmpty()) {
                requireThere(step);
            } else if (isView(step.target())) {
                // Nothing can be renamed over a view.
                database.getCollection(step.target()).drop();
                rename(staging, step.target());
            } else {
                throw e;
            }
        }
    }

    private void rename(String staging, String target) {
        admin.runCommand(new BsonDocument("renameCollection", new BsonString(database.getName() + "." + staging))
                .append("to", new BsonString(database.getName() + "." + target))
                .append("dropTarget", BsonBoolean.TRUE)
                .append("writeConcern", new BsonDocument("w", new BsonString("majority")))
                .append("maxTimeMS", new BsonInt64(renameLimit.toMillis())));
    }

    private boolean isView(String name) {
        return catalogue
                .find(name)
                .filter(standing -> standing.type() != CollectionType.COLLECTION)
                .isPresent();
    }

    /** The staging collection is gone: it must be the one that stands there now. */
    private void requireThere(SwapStep step) {
        TargetCatalogue.Standing standing = catalogue.find(step.target()).orElse(null);
        if (standing == null || step.uuid() != null && !step.uuid().equals(standing.uuid())) {
            throw new MongoException("What was loaded for '" + step.target() + "' is gone: somebody removed '"
                    + step.staging() + "' or replaced '" + step.target() + "'");
        }
    }

    private void createView(SwapStep step) {
        boolean there = catalogue
                .find(step.target())
                .filter(standing -> standing.type() == CollectionType.VIEW)
                .filter(standing -> standing.options().equals(step.options()))
                .isPresent();
        if (!there) {
            database.getCollection(step.target()).drop();
            BsonDocument command = new BsonDocument("create", new BsonString(step.target()));
            command.putAll(step.options());
            database.runCommand(command);
        }
    }
}
