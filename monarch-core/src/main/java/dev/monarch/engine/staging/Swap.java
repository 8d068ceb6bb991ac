package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockLostException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.server.ServerCommand;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Replaces the target's collections with the staging collections, step by step, without rollback.
 *
 * <p>If a step ends in an error, it is unknown whether it was done. So each step checks first, and destroys only what
 * it expects. All steps can be repeated from the first one on.
 */
final class Swap {

    private static final Logger log = LoggerFactory.getLogger(Swap.class);

    private static final int ATTEMPTS = 60;

    private static final Duration RECORD_INTERVAL = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MonarchEnvironment environment;

    private final MongoDatabase database;

    private final HeldLock lock;

    private final Journal journal;

    private final TargetCatalogue catalogue;

    private final ReplacedCollections replaced;

    private int done;

    Swap(MonarchEnvironment environment, HeldLock lock, Journal journal, Duration renameLimit) {
        this.environment = environment;
        this.database = environment.ownDatabase();
        this.lock = lock;
        this.journal = journal;
        this.catalogue = new TargetCatalogue(database);
        this.replaced = new ReplacedCollections(environment.ownClient(), database, renameLimit);
    }

    /**
     * Executes all steps, and ends the entry of the journal.
     *
     * @throws BlockedStepException if the first step would have destroyed something unexpected; nothing has changed
     * @throws SwapInterruptedException if a step failed; the next process executes the rest
     */
    void run(Journal.Entry entry) {
        done = entry.done();
        try {
            performFrom(entry, done);
            journal.done(entry.run(), done);
            repeatRolledBackSteps(entry);
            journal.end(entry.run());
        } catch (BlockedStepException e) {
            if (done == 0) {
                throw e;
            }
            throw interrupted(entry, e);
        } catch (MongoException | LockLostException e) {
            throw interrupted(entry, e);
        }
    }

    private SwapInterruptedException interrupted(Journal.Entry entry, RuntimeException cause) {
        return new SwapInterruptedException(
                environment.name(), done, entry.steps().size(), cause);
    }

    private void performFrom(Journal.Entry entry, int first) {
        long recorded = System.nanoTime();
        for (int number = first; number < entry.steps().size(); number++) {
            lock.ensureHeld();
            perform(entry, number);
            done = number + 1;
            recorded = recordProgress(entry.run(), recorded);
        }
    }

    /** The number of done steps in the journal saves checks. If more steps are done, the checks find that. */
    private long recordProgress(String run, long recorded) {
        long now = System.nanoTime();
        if (now - recorded < RECORD_INTERVAL.toNanos()) {
            return recorded;
        }
        journal.done(run, done);
        return now;
    }

    /**
     * Checks all steps again.
     *
     * <p>A step that returned an error may have been seen as done on a primary that lost it when it stepped down.
     * Since then a majority has confirmed the journal, so what is seen as done now stays done.
     */
    private void repeatRolledBackSteps(Journal.Entry entry) {
        for (List<Integer> lost = pending(entry); !lost.isEmpty(); lost = pending(entry)) {
            for (int number : lost) {
                lock.ensureHeld();
                perform(entry, number);
            }
            journal.done(entry.run(), done);
        }
    }

    private List<Integer> pending(Journal.Entry entry) {
        Map<String, TargetCatalogue.Existing> existing = catalogue.byName();
        return IntStream.range(0, entry.steps().size())
                .filter(number -> entry.steps().get(number).state(existing) == SwapStep.State.PENDING)
                .boxed()
                .toList();
    }

    private void perform(Journal.Entry entry, int number) {
        SwapStep step = entry.steps().get(number);
        for (int attempt = 1; ; attempt++) {
            try {
                performOnce(entry, number);
                return;
            } catch (MongoInterruptedException e) {
                throw e;
            } catch (MongoException e) {
                if (!TransientFailure.is(e) || attempt == ATTEMPTS) {
                    throw e;
                }
                log.info("Checking again whether '{}' is replaced: {}", step.target(), e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
                lock.ensureHeld();
            }
        }
    }

    private void performOnce(Journal.Entry entry, int number) {
        SwapStep step = entry.steps().get(number);
        Map<String, TargetCatalogue.Existing> existing = catalogue.find(step.names());
        TargetCatalogue.@Nullable Existing current = existing.get(step.target());
        switch (step.state(existing)) {
            case DONE -> log.debug("'{}' is replaced already", step.target());
            case BLOCKED -> throw new BlockedStepException(step);
            case PENDING -> {
                switch (step.kind()) {
                    case RENAME -> replaced.rename(step, current);
                    case DROP -> replaced.drop(Objects.requireNonNull(current));
                    case CREATE_VIEW -> createView(step);
                    case WRITE_DOCUMENTS -> new DocumentReplacement(database, step).run();
                    case EMPTY -> new DocumentRemoval(database, step).run();
                    case REPLACE_TIME_SERIES -> replaceTimeSeries(entry, number, current);
                }
            }
        }
    }

    private void createView(SwapStep step) {
        BsonDocument command = new BsonDocument("create", new BsonString(step.target()));
        command.putAll(step.options());
        ServerCommand.write(database, command);
    }

    /**
     * A partly replaced time series looks like one that another client created. So the journal records that the step
     * has begun.
     */
    private void replaceTimeSeries(Journal.Entry entry, int number, TargetCatalogue.@Nullable Existing current) {
        SwapStep step = entry.steps().get(number);
        if (entry.begun() != number) {
            if (current != null && !current.identity().equals(step.replaces())) {
                throw new BlockedStepException(step);
            }
            journal.begun(entry.run(), number);
        }
        new TimeSeriesReplacement(database, step).run();
    }
}
