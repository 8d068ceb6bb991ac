package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.MonarchException;
import dev.monarch.backfill.BackfillStatus.BackfillProgress;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.DocumentBackfill.BackfillSource;
import dev.monarch.engine.original.Originals;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.engine.transfer.TransferPace;

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

    /** In seconds. */
    private static final int LONGEST_PAUSE = 60;

    private static final int FIRST_PASS_AFTER_PAUSE = 3;

    private static final int RETRIED = 100;

    private final RunScope scope;

    private final BackfillSource source;

    private final BsonDocument filter;

    private final Rejections rejections;

    private final BatchSize size = new BatchSize();

    private final GroupWriters writers = new GroupWriters();

    private final Consumer<BackfillProgress> listener;

    private long reportedAt = System.nanoTime();

    private BackfillRecord record;

    private @Nullable Originals originals;

    private boolean verified;

    private @Nullable String failure;

    private long lookedAt;

    private Optional<SourceCollection> found = Optional.empty();

    private long foundAt;

    private long passBegun = System.nanoTime();

    /** The listener receives the progress about once a second. */
    BackfillRun(RunScope scope, BackfillSource source, BackfillRecord claimed, Consumer<BackfillProgress> listener) {
        this.listener = listener;
        this.scope = scope;
        this.source = source;
        this.filter = source.filter()
                .toBsonDocument(
                        BsonDocument.class,
                        CodecRegistries.withUuidRepresentation(
                                MongoClientSettings.getDefaultCodecRegistry(), UuidRepresentation.STANDARD));
        this.rejections = new Rejections(scope.setAside(), scope.lock(), scope.setAsideLimit());
        this.record = claimed;
    }

    /** Runs until the backfill ends or is stopped. Repeats what failed only for a moment, for as long as the lock is held. */
    void execute() {
        try (writers;
                BackfillThrottle throttle = scope.throttle()) {
            throttle.start();
            boolean goesOn = true;
            while (goesOn && !scope.stop().isSet()) {
                goesOn = attempt(throttle);
            }
        }
    }

    private boolean attempt(BackfillThrottle throttle) {
        try {
            return step(throttle);
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
                failure = e.toString();
            }
        }
        return true;
    }

    /** Does one batch. Returns whether there is more to do. */
    private boolean step(BackfillThrottle throttle) {
        if (failure != null) {
            if (record.isComplete()) {
                // What was found only now, such as a renamed collection, makes the pass worthless.
                startAgain();
            }
            fail(failure);
            return false;
        }
        if (record.isUndoWanted()) {
            return false;
        }
        if (record.state() == State.DONE) {
            // The history, which travels with the data, says that it is not.
            startAgain();
        }
        if (record.isPauseWanted()) {
            write(List.of(Updates.set(BackfillRecord.STATE, State.PAUSED.name())));
            scope.stop().await(SECOND);
            return true;
        }
        if (record.state() != State.RUNNING) {
            write(List.of(
                    Updates.set(BackfillRecord.STATE, State.RUNNING.name()),
                    Updates.unset(BackfillRecord.ERROR),
                    Updates.unset(BackfillRecord.FINISHED_AT)));
        }
        Optional<SourceCollection> found = found();
        if (record.isRetryWanted()) {
            retry(found);
        }
        if (record.isComplete() || found.isEmpty()) {
            return end();
        }
        Moved moved;
        TransferPace.Slot slot = throttle.begin();
        long begun = System.nanoTime();
        try {
            moved = batch(found.get());
        } finally {
            slot.close();
        }
        long elapsed = System.nanoTime() - begun;
        size.measured(moved.examined(), elapsed, rate());
        report();
        throttle.after(elapsed, moved.changed(), moved.bytes(), rate(), this::isUndisturbed);
        if (moved.isEnd()) {
            pauseBetweenPasses();
        }
        return true;
    }

    private void report() {
        if (System.nanoTime() - reportedAt >= SECOND.toNanos()) {
            reportedAt = System.nanoTime();
            listener.accept(record.progress());
        }
    }

    /**
     * Looks for the collection at the start and the end of each pass, and every second. Between these, writes to another
     * collection of the same name are harmless, because they have an effect only on equal documents.
     */
    private Optional<SourceCollection> found() {
        boolean isOld = System.nanoTime() - foundAt >= SECOND.toNanos();
        if (isOld || found.isEmpty() || record.isComplete() || record.position() == null) {
            foundAt = System.nanoTime();
            found = SourceCollection.named(database(), source.collection());
            followCollection(found);
        }
        return found;
    }

    private MongoDatabase database() {
        return scope.environment().ownDatabase();
    }

    private Rate rate() {
        return record.wantedRate().or(scope.rate());
    }

    /** Looks every second at what users want. */
    private boolean isUndisturbed() {
        Rate before = rate();
        if (System.nanoTime() - lookedAt >= SECOND.toNanos()) {
            record = scope.records().find(scope.id());
            lookedAt = System.nanoTime();
        }
        return !scope.stop().isSet() && !record.isPauseWanted() && !record.isUndoWanted() && rate().equals(before);
    }

    /** Starts from the beginning if the collection is another one than that of the progress. */
    private void followCollection(Optional<SourceCollection> found) {
        BsonValue uuid = record.uuid();
        boolean same = source.collection().equals(record.collection())
                && found.map(now -> now.uuid().equals(uuid)).orElse(uuid.isNull());
        if (found.isPresent() && !found.get().isWritable()) {
            throw BackfillFailure.notWritable(source.collection(), found.get().type());
        }
        if (same) {
            return;
        }
        if (found.isEmpty() && source.collection().equals(record.collection())) {
            SourceCollection.withUuid(database(), uuid).ifPresent(renamed -> {
                throw BackfillFailure.renamed(source.collection(), renamed.name());
            });
        }
        if (record.collection() != null) {
            log.warn(
                    "Backfill '{}': collection '{}' {}",
                    scope.id(),
                    source.collection(),
                    found.isEmpty() ? "was dropped" : "was replaced by another one; starting from its beginning");
        }
        rejections.clear();
        verified = false;
        List<Bson> updates = new ArrayList<>(beginning(1));
        updates.add(Updates.set(BackfillRecord.COLLECTION, source.collection()));
        updates.add(found.map(SourceCollection::uuid)
                .filter(known -> !known.isNull())
                .map(known -> Updates.set(BackfillRecord.UUID, known))
                .orElse(Updates.unset(BackfillRecord.UUID)));
        updates.add(Updates.set(BackfillRecord.COMPLETE, false));
        if (record.at(BackfillRecord.STARTED_AT) == null) {
            updates.add(Updates.set(BackfillRecord.STARTED_AT, now()));
        }
        write(updates);
    }

    private void startAgain() {
        List<Bson> updates = new ArrayList<>(beginning(1));
        updates.add(Updates.set(BackfillRecord.COMPLETE, false));
        updates.add(Updates.set(BackfillRecord.STATE, State.PENDING.name()));
        write(updates);
    }

    private List<Bson> beginning(int pass) {
        return List.of(
                Updates.set(BackfillRecord.PASS, pass),
                Updates.unset(BackfillRecord.POSITION),
                Updates.set(BackfillRecord.CHANGED, 0L),
                Updates.set(BackfillRecord.EXAMINED, 0L),
                Updates.set(BackfillRecord.TOTAL, total()));
    }

    private long total() {
        return database().getCollection(source.collection()).estimatedDocumentCount();
    }

    /** What one batch did. */
    private record Moved(int examined, long changed, long bytes, boolean isEnd) {}

    private Moved batch(SourceCollection collection) {
        IdRanges ranges = ranges();
        BsonValue from = record.position();
        int examined = size.documents(rate());
        BsonValue to = ranges.end(from, examined);
        boolean verify = !verified || record.pass() > 1;
        DocumentGroups groups =
                new DocumentGroups(changes(collection, ranges), verify, isAtFullRate() ? writers : null);
        ranges.read(from, to, groups);
        groups.flush();
        verified |= groups.result().changed() > 0;
        checkpoint(to, examined, groups.result());
        return new Moved(examined, groups.result().changed(), groups.bytes(), to == null);
    }

    /** The originals of documents are kept by one thread. */
    private boolean isAtFullRate() {
        Double share = rate().dutyCycle();
        return (share == null || share == 1) && rate().documentsPerSecond() == null && originals() == null;
    }

    private IdRanges ranges() {
        return new IdRanges(
                database().getCollection(source.collection(), RawBsonDocument.class), filter, scope.hasBounds());
    }

    private ChangeBatch changes(SourceCollection collection, IdRanges ranges) {
        return new ChangeBatch(
                database().getCollection(source.collection(), BsonDocument.class),
                collection.collated(),
                scope,
                ranges,
                rejections,
                originals());
    }

    /** {@return where originals are kept, or null if they are not kept} */
    private @Nullable Originals originals() {
        if (originals == null && scope.registered().keepsOriginals()) {
            originals = scope.originals().of(scope.id(), source.collection());
        }
        return originals;
    }

    private void checkpoint(@Nullable BsonValue to, int examined, ChangeBatch.Result result) {
        long changed = record.changed() + result.changed() + result.left();
        List<Bson> updates = new ArrayList<>();
        if (to != null) {
            updates.add(Updates.set(BackfillRecord.POSITION, new BsonDocument("id", to)));
            updates.add(Updates.set(BackfillRecord.CHANGED, changed));
            updates.add(Updates.set(BackfillRecord.EXAMINED, record.examined() + examined));
            updates.add(Updates.set(BackfillRecord.PER_SECOND, size.perSecond()));
        } else if (changed > 0) {
            updates.addAll(beginning(record.pass() + 1));
        } else {
            updates.add(Updates.set(BackfillRecord.COMPLETE, true));
        }
        updates.add(Updates.set(BackfillRecord.DONE, record.done() + result.changed()));
        write(updates);
    }

    /**
     * Documents that are written in the old form again and again must not keep the servers busy: a pause lasts as long as the
     * pass before, from one second to a minute.
     */
    private void pauseBetweenPasses() {
        long seconds = Duration.ofNanos(System.nanoTime() - passBegun).toSeconds();
        if (record.pass() >= FIRST_PASS_AFTER_PAUSE && !record.isComplete()) {
            for (long i = 0; i < Math.max(1, Math.min(seconds, LONGEST_PAUSE)) && isUndisturbed(); i++) {
                scope.stop().await(SECOND);
            }
        }
        passBegun = System.nanoTime();
    }

    /** Tries the documents again that were set aside. They may no longer exist. */
    private void retry(Optional<SourceCollection> found) {
        List<BsonValue> all = List.copyOf(rejections.retry());
        ChangeBatch.Result total = ChangeBatch.Result.NONE;
        for (int i = 0; i < all.size() && found.isPresent(); i += RETRIED) {
            List<BsonValue> ids = all.subList(i, Math.min(i + RETRIED, all.size()));
            ChangeBatch batch = changes(found.get(), ranges());
            total = total.plus(batch.apply(batch.matching(Set.copyOf(ids)), true));
        }
        all.forEach(rejections::settle);
        List<Bson> updates = new ArrayList<>();
        updates.add(Updates.set(BackfillRecord.DONE, record.done() + total.changed()));
        updates.add(Updates.set(BackfillRecord.RETRY, false));
        if (total.left() > 0 && record.isComplete()) {
            updates.addAll(beginning(record.pass() + 1));
            updates.add(Updates.set(BackfillRecord.COMPLETE, false));
        }
        write(updates);
    }

    private boolean end() {
        if (rejections.count() > 0) {
            long count = rejections.count();
            fail(
                    count == 1
                            ? "1 document could not be changed, and was set aside"
                            : count + " documents could not be changed, and were set aside");
            return false;
        }
        scope.history().finish(scope.id(), scope.lock());
        ended(State.DONE, Updates.unset(BackfillRecord.ERROR));
        return false;
    }

    private void fail(String reason) {
        ended(State.FAILED, Updates.set(BackfillRecord.ERROR, reason));
    }

    private void ended(State state, Bson error) {
        write(List.of(
                Updates.set(BackfillRecord.STATE, state.name()),
                error,
                Updates.set(BackfillRecord.FINISHED_AT, now()),
                Updates.unset(BackfillRecord.PER_SECOND)));
    }

    private BsonDateTime now() {
        return new BsonDateTime(scope.lock().serverTime().toEpochMilli());
    }

    private void write(List<Bson> updates) {
        List<Bson> all = new ArrayList<>(updates);
        all.add(Updates.set(BackfillRecord.SET_ASIDE, rejections.count()));
        record = scope.records().write(scope.id(), scope.lock(), all);
        lookedAt = System.nanoTime();
    }
}
