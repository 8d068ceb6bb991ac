package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.client.model.Updates;
import org.bson.conversions.Bson;

import dev.monarch.InvalidRequestException;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.Backfills.UndoReport;
import dev.monarch.backfill.Backfills.UndoReport.LeftDocument;
import dev.monarch.engine.history.BackfillHistory;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.LockLog;
import dev.monarch.engine.original.KeptOriginals;
import dev.monarch.engine.original.Originals;
import dev.monarch.engine.original.UndoPace;
import dev.monarch.engine.original.UndoRun;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Undoes backfills, under the lock of the backfill, and migrations, under the lock of the environment. The originals that
 * are left are the only state, so another process can continue at any time.
 */
public final class BackfillUndo {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final int LISTED = 100;

    private final MonarchEnvironment environment;

    private final BackfillSettings settings;

    private final KeptOriginals kept;

    private final BackfillRecords records;

    private final StopSignal stop;

    public BackfillUndo(MonarchEnvironment environment, BackfillSettings settings, StopSignal stop) {
        this.environment = environment;
        this.settings = settings;
        this.kept = new KeptOriginals(environment, settings.scope());
        this.records = new BackfillRecords(environment, settings.scope());
        this.stop = stop;
    }

    /** Refuses a change that cannot be undone. {@link #run} checks again. */
    public void check(String id) {
        possible(id);
    }

    /** Undoes a change until all is done, or until it is stopped or resumed. */
    public UndoReport run(String id) {
        List<Originals> originals = possible(id);
        boolean migration = kept.isMigration(id);
        if (!migration) {
            records.undo(id);
        }
        EnvironmentLock lock = migration
                ? new EnvironmentLock(environment, settings.lock())
                : BackfillRunner.lock(environment, settings, id);
        try (HeldLock held = stop.interrupting(() -> lock.acquire("undo", null, LockLog.of(environment.name())));
                BackfillThrottle throttle = new BackfillThrottle(environment, settings.backOff(), stop)) {
            if (!migration) {
                begin(id, held, originals);
            }
            throttle.start();
            Pace pace = migration ? new Pace(held, throttle) : new RecordedPace(id, held, throttle);
            return undo(id, originals, pace);
        }
    }

    private List<Originals> possible(String id) {
        List<Originals> originals = kept.of(id);
        List<String> problems = new ArrayList<>();
        if (originals.isEmpty()) {
            problems.add("It has no originals: it kept none, or they were removed.");
        }
        for (Originals each : originals) {
            if (SourceCollection.named(environment.ownDatabase(), each.source())
                    .filter(SourceCollection::isWritable)
                    .isEmpty()) {
                problems.add("There is no collection '" + each.source() + "' any more.");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment.name(), "undo '" + id + "'", problems);
        }
        return originals;
    }

    private void begin(String id, HeldLock held, List<Originals> originals) {
        records.claim(id, held);
        new BackfillHistory(environment, settings.historyCollection(), settings.scope()).start(id, held);
        long total = originals.stream().mapToLong(Originals::count).sum();
        records.write(
                id,
                held,
                List.of(
                        Updates.set(BackfillRecord.STATE, State.UNDONE.name()),
                        Updates.set(BackfillRecord.PASS, 1),
                        Updates.set(BackfillRecord.CHANGED, 0L),
                        Updates.set(BackfillRecord.COMPLETE, false),
                        Updates.set(BackfillRecord.DONE, 0L),
                        Updates.set(BackfillRecord.EXAMINED, 0L),
                        Updates.set(BackfillRecord.TOTAL, total),
                        Updates.unset(BackfillRecord.POSITION),
                        Updates.unset(BackfillRecord.ERROR),
                        Updates.unset(BackfillRecord.PER_SECOND),
                        Updates.unset(BackfillRecord.FINISHED_AT)));
    }

    private UndoReport undo(String id, List<Originals> originals, Pace pace) {
        boolean complete = true;
        for (Originals each : originals) {
            complete = complete && undo(new UndoRun(environment, each, pace), pace);
        }
        long left = originals.stream().mapToLong(Originals::leftCount).sum();
        List<LeftDocument> listed = left(originals, LISTED);
        if (complete && left == 0) {
            pace.held.ensureHeld();
            kept.remove(id);
        }
        return new UndoReport(environment.name(), id, pace.changed, left, listed, complete);
    }

    /** Repeats what failed only for a moment, for as long as the lock is held. */
    private boolean undo(UndoRun run, Pace pace) {
        boolean begun = false;
        while (pace.goesOn()) {
            try {
                if (!begun) {
                    run.begin();
                    begun = true;
                }
                return run.run();
            } catch (MongoException e) {
                if (!TransientFailure.is(e)) {
                    throw e;
                }
                stop.awaitRetry(pace.held);
            }
        }
        return false;
    }

    private static List<LeftDocument> left(List<Originals> originals, int limit) {
        List<LeftDocument> left = new ArrayList<>();
        for (Originals each : originals) {
            each.left(limit - left.size())
                    .forEach((document, reason) -> left.add(new LeftDocument(each.source(), document, reason)));
        }
        return left;
    }

    /** Leaves room for the application. */
    private class Pace implements UndoPace {

        private final HeldLock held;

        private final BackfillThrottle throttle;

        private long changed;

        private Pace(HeldLock held, BackfillThrottle throttle) {
            this.held = held;
            this.throttle = throttle;
        }

        @Override
        public boolean after(long elapsed, long examined, long more, long bytes) {
            held.ensureHeld();
            changed += more;
            throttle.after(elapsed, more, bytes, rate(), this::goesOn);
            return goesOn();
        }

        Rate rate() {
            return settings.rate();
        }

        boolean goesOn() {
            return !stop.isSet();
        }
    }

    /** Stores the progress of a backfill, too, and follows what users want. */
    private final class RecordedPace extends Pace {

        private final String id;

        private final HeldLock held;

        private BackfillRecord record;

        private RecordedPace(String id, HeldLock held, BackfillThrottle throttle) {
            super(held, throttle);
            this.id = id;
            this.held = held;
            this.record = records.find(id);
        }

        @Override
        public boolean after(long elapsed, long examined, long more, long bytes) {
            List<Bson> progress = List.of(Updates.inc(BackfillRecord.EXAMINED, examined));
            record = records.write(id, held, progress);
            super.after(elapsed, examined, more, bytes);
            while (goesOn() && record.isPauseWanted()) {
                stop.await(SECOND);
                record = records.find(id);
            }
            return goesOn();
        }

        @Override
        Rate rate() {
            return record.wantedRate().or(settings.rate());
        }

        @Override
        boolean goesOn() {
            return super.goesOn() && record.isUndoWanted();
        }
    }
}
