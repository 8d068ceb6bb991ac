package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import org.bson.BsonDateTime;
import org.bson.conversions.Bson;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.DocumentBackfill.BackfillSource;

/** The stored progress of one run, and what users want of it. The run is the only one that writes it. For one thread. */
final class RunProgress {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final RunScope scope;

    private final BackfillSource source;

    private final Rejections rejections;

    private BackfillRecord record;

    private long lookedAt = System.nanoTime();

    RunProgress(RunScope scope, BackfillSource source, BackfillRecord claimed) {
        this.scope = scope;
        this.source = source;
        this.rejections = new Rejections(scope.setAside(), scope.lock(), scope.setAsideLimit());
        this.record = claimed;
    }

    RunScope scope() {
        return scope;
    }

    BackfillSource source() {
        return source;
    }

    Rejections rejections() {
        return rejections;
    }

    BackfillRecord record() {
        return record;
    }

    MongoDatabase database() {
        return scope.environment().ownDatabase();
    }

    Rate rate() {
        return record.wantedRate().or(scope.rate());
    }

    /** Looks every second at what users want. */
    boolean isUndisturbed() {
        Rate before = rate();
        if (System.nanoTime() - lookedAt >= BETWEEN_LOOKS.toNanos()) {
            record = scope.records().find(scope.id());
            lookedAt = System.nanoTime();
        }
        return !scope.stop().isSet() && !record.isPauseWanted() && !record.isUndoWanted() && rate().equals(before);
    }

    /** {@return the updates that begin a pass} */
    List<Bson> beginning(int pass) {
        long total = database().getCollection(source.collection()).estimatedDocumentCount();
        return List.of(
                Updates.set(BackfillRecord.PASS, pass),
                Updates.unset(BackfillRecord.POSITION),
                Updates.set(BackfillRecord.CHANGED, 0L),
                Updates.set(BackfillRecord.EXAMINED, 0L),
                Updates.set(BackfillRecord.TOTAL, total));
    }

    void startAgain() {
        List<Bson> updates = new ArrayList<>(beginning(1));
        updates.add(Updates.set(BackfillRecord.COMPLETE, false));
        updates.add(Updates.set(BackfillRecord.STATE, State.PENDING.name()));
        write(updates);
    }

    void end(State state, Bson error) {
        write(List.of(
                Updates.set(BackfillRecord.STATE, state.name()),
                error,
                Updates.set(BackfillRecord.FINISHED_AT, now()),
                Updates.unset(BackfillRecord.PER_SECOND)));
    }

    BsonDateTime now() {
        return new BsonDateTime(scope.lock().serverTime().toEpochMilli());
    }

    void write(List<Bson> updates) {
        List<Bson> all = new ArrayList<>(updates);
        all.add(Updates.set(BackfillRecord.SET_ASIDE, rejections.count()));
        record = scope.records().write(scope.id(), scope.lock(), all);
        lookedAt = System.nanoTime();
    }
}
