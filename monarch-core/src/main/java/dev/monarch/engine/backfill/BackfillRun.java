package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.model.Updates;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.MonarchException;
import dev.monarch.backfill.BackfillStatus.BackfillProgress;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.DocumentBackfill.BackfillSource;
import dev.monarch.engine.Scrubbed;
import dev.monarch.engine.server.TransientFailure;

/**
 * Runs one backfill while its lock is held, until it ends, fails or is stopped.
 *
 * <p>The stored progress is the only state. So another process can continue after each batch, and a batch that is
 * repeated finds its documents changed. Passes over the whole collection follow each other until one of them changes
 * nothing.
 */
final class BackfillRun {

    private static final Logger log = LoggerFactory.getLogger(BackfillRun.class);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RunScope scope;

    private final RunProgress progress;

    private final FollowedCollection collection;

    private final RunBatches batches;

    private final Consumer<BackfillProgress> listener;

    private long reportedAt = System.nanoTime();

    private @Nullable String failure;

    /** The listener receives the progress about once a second. */
    BackfillRun(RunScope scope, BackfillSource source, BackfillRecord claimed, Consumer<BackfillProgress> listener) {
        this.scope = scope;
        this.progress = new RunProgress(scope, source, claimed);
        this.collection = new FollowedCollection(progress);
        this.batches = new RunBatches(progress);
        this.listener = listener;
    }

    /** Runs until the backfill ends or is stopped. Repeats what failed only for a moment, for as long as the lock is held. */
    void execute() {
        try (batches;
                BackfillThrottle throttle = scope.throttle()) {
            throttle.start();
            BatchSlices slices = new BatchSlices(throttle, progress::rate, progress::isUndisturbed);
            boolean goesOn = true;
            while (goesOn && !scope.stop().isSet()) {
                goesOn = attempt(slices);
            }
        }
    }

    private boolean attempt(BatchSlices slices) {
        try {
            return step(slices);
        } catch (MonarchException | MongoInterruptedException e) {
            throw e;
        } catch (BackfillFailure e) {
            failure = e.getMessage();
        } catch (RuntimeException e) {
            if (e instanceof MongoException mongo && TransientFailure.is(mongo)) {
                log.debug("Backfill '{}' tries again", scope.id(), e);
                scope.stop().awaitRetry(scope.lock());
            } else {
                log.error("Backfill '{}' failed", scope.id(), e);
                failure = Scrubbed.text(e.toString());
            }
        }
        return true;
    }

    /** Does one batch. Returns whether there is more to do. */
    private boolean step(BatchSlices slices) {
        if (failure != null) {
            if (progress.record().isComplete()) {
                // What was found only now, such as a renamed collection, makes the pass worthless.
                progress.startAgain();
            }
            fail(failure);
            return false;
        }
        if (progress.record().isUndoWanted()) {
            return false;
        }
        if (progress.record().state() == State.DONE) {
            // The history, which travels with the data, says that it is not.
            progress.startAgain();
        }
        if (progress.record().isPauseWanted()) {
            progress.write(List.of(Updates.set(BackfillRecord.STATE, State.PAUSED.name())));
            scope.stop().await(SECOND);
            return true;
        }
        if (progress.record().state() != State.RUNNING) {
            progress.write(List.of(
                    Updates.set(BackfillRecord.STATE, State.RUNNING.name()),
                    Updates.unset(BackfillRecord.ERROR),
                    Updates.unset(BackfillRecord.FINISHED_AT)));
        }
        Optional<SourceCollection> found = collection.find();
        if (progress.record().isRetryWanted()) {
            batches.retry(found);
        }
        if (progress.record().isComplete() || found.isEmpty()) {
            end();
            return false;
        }
        batch(found.get(), slices);
        return true;
    }

    private void batch(SourceCollection found, BatchSlices slices) {
        RunBatches.Moved moved;
        try (slices) {
            slices.beginBatch();
            moved = batches.next(found, slices);
            report();
            batches.measured(moved, slices.endBatch());
        }
        if (moved.isEnd()) {
            batches.pauseBetweenPasses();
        }
    }

    private void report() {
        if (System.nanoTime() - reportedAt >= SECOND.toNanos()) {
            reportedAt = System.nanoTime();
            listener.accept(progress.record().progress());
        }
    }

    private void end() {
        long count = progress.rejections().count();
        if (count > 0) {
            fail(
                    count == 1
                            ? "1 document could not be changed, and was set aside"
                            : count + " documents could not be changed, and were set aside");
            return;
        }
        scope.history().finish(scope.id(), scope.lock());
        progress.end(State.DONE, Updates.unset(BackfillRecord.ERROR));
    }

    private void fail(String reason) {
        progress.end(State.FAILED, Updates.set(BackfillRecord.ERROR, reason));
    }
}
