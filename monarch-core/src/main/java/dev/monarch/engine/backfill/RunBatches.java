package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.engine.original.Originals;
import dev.monarch.engine.original.OriginalsSpace;

/** Changes the documents of one run batch by batch, in passes over the whole collection. For one thread. */
final class RunBatches implements AutoCloseable {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** In seconds. */
    private static final int LONGEST_PAUSE = 60;

    private static final int FIRST_PASS_AFTER_PAUSE = 3;

    private static final int RETRIED = 100;

    private final RunProgress progress;

    private final BsonDocument filter;

    private final BatchSize size = new BatchSize();

    private final GroupWriters writers = new GroupWriters();

    private final OriginalsSpace space;

    private @Nullable Originals originals;

    private @Nullable BsonValue verified;

    /** Whether documents may have been changed without a checkpoint that says so. */
    private boolean uncounted;

    private long passBegun = System.nanoTime();

    RunBatches(RunProgress progress) {
        this.progress = progress;
        this.space = new OriginalsSpace(progress.scope().environment());
        this.filter = progress.source()
                .filter()
                .toBsonDocument(
                        BsonDocument.class,
                        CodecRegistries.withUuidRepresentation(
                                MongoClientSettings.getDefaultCodecRegistry(), UuidRepresentation.STANDARD));
        // A process that was killed, or failed, may have changed documents after its last checkpoint.
        State before = progress.record().state();
        this.uncounted = before == State.RUNNING || before == State.FAILED;
    }

    /** What one batch did. */
    record Moved(int examined, boolean isEnd) {}

    /** Changes the documents of one batch, and stores the position after it. */
    Moved next(SourceCollection collection, BatchSlices slices) {
        if (originals() != null) {
            space.problem().ifPresent(problem -> {
                throw BackfillFailure.noRoom(problem);
            });
        }
        boolean unsure = uncounted;
        uncounted = true;
        IdRanges ranges = ranges();
        BsonValue from = progress.record().position();
        int examined = size.documents(progress.rate());
        BsonValue to = ranges.end(from, examined);
        DocumentGroups groups = new DocumentGroups(
                changes(collection, ranges),
                slices,
                mustVerify(collection),
                isOneAfterTheOther(slices) ? null : writers);
        ranges.read(from, to, groups);
        groups.flush();
        if (groups.result().changed() > 0) {
            verified = collection.uuid();
        }
        checkpoint(to, examined, groups.result(), unsure);
        uncounted = false;
        return new Moved(examined, to == null);
    }

    /** The first changes of a collection are verified, and those of later passes, which are few. */
    private boolean mustVerify(SourceCollection collection) {
        return !collection.uuid().equals(verified) || progress.record().pass() > 1;
    }

    void measured(Moved moved, long elapsed) {
        size.measured(moved.examined(), elapsed, progress.rate());
    }

    /** The originals of documents are kept by one thread. */
    private boolean isOneAfterTheOther(BatchSlices slices) {
        return slices.isLimited() || originals() != null;
    }

    private IdRanges ranges() {
        return new IdRanges(
                progress.database().getCollection(progress.source().collection(), RawBsonDocument.class),
                filter,
                progress.scope().hasBounds());
    }

    private ChangeBatch changes(SourceCollection collection, IdRanges ranges) {
        ChangeWriter writer = new ChangeWriter(
                progress.database().getCollection(progress.source().collection(), BsonDocument.class),
                collection.collated(),
                progress.scope().hasPipelines(),
                progress.rejections(),
                originals());
        return new ChangeBatch(ranges, progress.scope().backfill()::change, progress.rejections(), writer);
    }

    /** {@return where originals are kept, or null if they are not kept} */
    private @Nullable Originals originals() {
        RunScope scope = progress.scope();
        if (originals == null && scope.registered().keepsOriginals()) {
            originals = scope.originals().of(scope.id(), progress.source().collection());
        }
        return originals;
    }

    /** A pass is the last one only if it is known to have changed nothing. */
    private void checkpoint(@Nullable BsonValue to, int examined, ChangeBatch.Result result, boolean unsure) {
        BackfillRecord record = progress.record();
        long changed = record.changed() + result.changed() + result.left() + (unsure ? 1 : 0);
        List<Bson> updates = new ArrayList<>();
        if (to != null) {
            updates.add(Updates.set(BackfillRecord.POSITION, new BsonDocument("id", to)));
            updates.add(Updates.set(BackfillRecord.CHANGED, changed));
            updates.add(Updates.set(BackfillRecord.EXAMINED, record.examined() + examined));
            updates.add(Updates.set(BackfillRecord.PER_SECOND, size.perSecond()));
        } else if (changed > 0) {
            updates.addAll(progress.beginning(record.pass() + 1));
        } else {
            updates.add(Updates.set(BackfillRecord.COMPLETE, true));
        }
        updates.add(Updates.set(BackfillRecord.DONE, record.done() + result.changed()));
        progress.write(updates);
    }

    /**
     * Documents that are written in the old form again and again must not keep the servers busy: a pause lasts as long as the
     * pass before, from one second to a minute.
     */
    void pauseBetweenPasses() {
        long seconds = Duration.ofNanos(System.nanoTime() - passBegun).toSeconds();
        if (progress.record().pass() >= FIRST_PASS_AFTER_PAUSE
                && !progress.record().isComplete()) {
            for (long i = 0; i < Math.max(1, Math.min(seconds, LONGEST_PAUSE)) && progress.isUndisturbed(); i++) {
                progress.scope().stop().await(SECOND);
            }
        }
        passBegun = System.nanoTime();
    }

    /** Tries the documents again that were set aside. They may no longer exist. */
    void retry(Optional<SourceCollection> found) {
        List<BsonValue> all = List.copyOf(progress.rejections().retry());
        ChangeBatch.Result total = ChangeBatch.Result.NONE;
        for (int i = 0; i < all.size() && found.isPresent(); i += RETRIED) {
            List<BsonValue> ids = all.subList(i, Math.min(i + RETRIED, all.size()));
            ChangeBatch batch = changes(found.get(), ranges());
            total = total.plus(batch.apply(batch.matching(Set.copyOf(ids)), true));
        }
        all.forEach(progress.rejections()::settle);
        BackfillRecord record = progress.record();
        List<Bson> updates = new ArrayList<>();
        updates.add(Updates.set(BackfillRecord.DONE, record.done() + total.changed()));
        updates.add(Updates.set(BackfillRecord.RETRY, false));
        if (total.left() > 0 && record.isComplete()) {
            updates.addAll(progress.beginning(record.pass() + 1));
            updates.add(Updates.set(BackfillRecord.COMPLETE, false));
        }
        progress.write(updates);
    }

    @Override
    public void close() {
        writers.close();
    }
}
