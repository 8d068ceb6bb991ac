package dev.monarch.engine.backfill;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.history.BackfillHistory;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.MonarchEnvironment;

/** Shows the state of every backfill that the code or the environment knows. */
public final class BackfillOverview {

    /** The states in which a process may work on a backfill. */
    private static final Set<State> IN_PROCESSES = EnumSet.of(State.RUNNING, State.PAUSED, State.UNDONE);

    private final MonarchEnvironment environment;

    private final BackfillSettings settings;

    public BackfillOverview(MonarchEnvironment environment, BackfillSettings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /** Two round trips, and two more for each backfill that runs. */
    public List<BackfillStatus> of(BackfillSet backfills) {
        Map<String, BackfillRecord> records = new BackfillRecords(environment, settings.scope()).all();
        Set<String> done = new BackfillHistory(environment, settings.historyCollection(), settings.scope()).done();
        Set<String> ids = new TreeSet<>(NaturalOrder.INSTANCE.thenComparing(String::compareTo));
        ids.addAll(records.keySet());
        ids.addAll(done);
        backfills.backfills().stream()
                .filter(backfill -> backfill.isFor(environment.name()))
                .map(RegisteredBackfill::id)
                .forEach(ids::add);
        List<BackfillStatus> all = new ArrayList<>();
        for (String id : ids) {
            all.add(status(records.getOrDefault(id, BackfillRecord.absent(id)), done.contains(id)));
        }
        return all;
    }

    private BackfillStatus status(BackfillRecord record, boolean done) {
        State state = record.isUndoWanted() ? State.UNDONE : done ? State.DONE : state(record);
        Rate wanted = record.wantedRate().or(settings.rate());
        return new BackfillStatus(
                record.id(),
                state,
                record.collection(),
                record.progress(),
                wanted,
                IN_PROCESSES.contains(state) ? host(record.id()) : null,
                record.at(BackfillRecord.STARTED_AT),
                record.at(BackfillRecord.FINISHED_AT),
                state == State.FAILED ? record.error() : null);
    }

    /** Only the history, which travels with the data, can say that it is done. */
    private static State state(BackfillRecord record) {
        State recorded = record.state() == State.DONE ? State.PENDING : record.state();
        boolean failed = recorded == State.FAILED && !record.isRetryWanted();
        if (failed) {
            return State.FAILED;
        }
        if (record.isPauseWanted()) {
            return State.PAUSED;
        }
        return recorded == State.RUNNING ? State.RUNNING : State.PENDING;
    }

    private @Nullable String host(String id) {
        return BackfillRunner.lock(environment, settings, id)
                .liveHolder()
                .map(LockHolder::host)
                .orElse(null);
    }
}
