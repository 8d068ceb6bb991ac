package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MigrationStatus;
import dev.monarch.migration.MigrationStatus.State;

/** Shows the state of every migration that the code or the history knows. */
public final class StatusOverview {

    private static final Set<MigrationState> DONE = Set.of(MigrationState.APPLIED, MigrationState.IGNORED);

    private final String environment;

    private final MigrationSet migrations;

    public StatusOverview(String environment, MigrationSet migrations) {
        this.environment = environment;
        this.migrations = migrations;
    }

    /**
     * Shows the states.
     *
     * @throws dev.monarch.InvalidMigrationsException if the history spells the id of a migration differently
     */
    public List<MigrationStatus> of(List<HistoryEntry> history) {
        Spelling.requireSame(migrations, history);
        Map<String, HistoryEntry> entries = new TreeMap<>();
        history.forEach(entry -> entries.put(entry.id(), entry));
        List<MigrationStatus> all = new ArrayList<>();
        for (RegisteredMigration migration : migrations.migrations()) {
            HistoryEntry entry = entries.remove(migration.id());
            all.add(status(migration.id(), entry, stateOf(migration, entry)));
        }
        entries.values().stream()
                .filter(entry -> entry.state() != MigrationState.PENDING)
                .forEach(entry -> all.add(status(entry.id(), entry, State.MISSING)));
        all.sort((a, b) -> NaturalOrder.INSTANCE.compare(a.id(), b.id()));
        return all;
    }

    private State stateOf(RegisteredMigration migration, @Nullable HistoryEntry entry) {
        if (entry == null) {
            return migration.policy().isFor(environment) ? State.PENDING : State.ELSEWHERE;
        }
        return DONE.contains(entry.state()) && hasChanged(migration, entry)
                ? State.CHANGED
                : ShownState.of(entry.state());
    }

    private static boolean hasChanged(RegisteredMigration migration, HistoryEntry entry) {
        String before = entry.version() != null ? entry.version() : "";
        return migration.policy().run() == Run.ON_CHANGE
                && !before.equals(migration.policy().version());
    }

    private static MigrationStatus status(String id, @Nullable HistoryEntry entry, State state) {
        if (entry == null) {
            return new MigrationStatus(id, state, null, null, 0, null, null, null, null);
        }
        return new MigrationStatus(
                id,
                state,
                entry.finishedAt() != null ? entry.finishedAt() : entry.startedAt(),
                entry.elapsed(),
                entry.attempts(),
                entry.host(),
                entry.error(),
                entry.stack(),
                entry.reason());
    }
}
