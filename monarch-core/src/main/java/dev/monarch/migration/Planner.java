package dev.monarch.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.monarch.InvalidMigrationsException;
import dev.monarch.migration.history.HistoryEntry;
import dev.monarch.migration.history.MigrationState;

/** Holds the migrations there are against the history there is. */
final class Planner {

    private final String environment;

    private final MigrationSet migrations;

    private final MigrationSettings settings;

    Planner(String environment, MigrationSet migrations, MigrationSettings settings) {
        this.environment = environment;
        this.migrations = migrations;
        this.settings = settings;
    }

    /**
     * Plans a run.
     *
     * @throws InvalidMigrationsException if the set, or the set together with the history, cannot be run; it lists
     *     everything that is wrong
     */
    MigrationPlan plan(List<HistoryEntry> history) {
        Map<String, HistoryEntry> entries = new TreeMap<>(NaturalOrder.INSTANCE);
        history.stream()
                .filter(entry -> entry.state() != MigrationState.PENDING)
                .forEach(entry -> entries.put(entry.id(), entry));
        List<String> problems = new ArrayList<>(migrations.problems());
        List<String> warnings = new ArrayList<>();
        findUnknown(entries, problems, warnings);
        List<PlannedMigration> pending = pending(entries);
        findOutOfOrder(pending, entries, problems, warnings);
        if (!problems.isEmpty()) {
            throw new InvalidMigrationsException(problems);
        }
        return new MigrationPlan(environment, pending, migrations.migrations().size() - pending.size(), warnings);
    }

    private List<PlannedMigration> pending(Map<String, HistoryEntry> entries) {
        return migrations.ids().stream()
                .map(id -> Optional.ofNullable(entries.get(id))
                        .map(Planner::plannedAgain)
                        .orElseGet(() -> Optional.of(new PlannedMigration(id, PlannedMigration.Reason.NEW, 0, null))))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<PlannedMigration> plannedAgain(HistoryEntry entry) {
        return switch (entry.state()) {
            case APPLIED -> Optional.empty();
            case FAILED ->
                Optional.of(new PlannedMigration(
                        entry.id(), PlannedMigration.Reason.FAILED, entry.attempts(), entry.error()));
            case RUNNING, INTERRUPTED ->
                Optional.of(
                        new PlannedMigration(entry.id(), PlannedMigration.Reason.INTERRUPTED, entry.attempts(), null));
            case PENDING ->
                Optional.of(new PlannedMigration(entry.id(), PlannedMigration.Reason.NEW, entry.attempts(), null));
        };
    }

    private void findUnknown(Map<String, HistoryEntry> entries, List<String> problems, List<String> warnings) {
        List<String> known = migrations.ids();
        for (String id : entries.keySet()) {
            if (known.contains(id)) {
                continue;
            }
            boolean newer = known.isEmpty() || NaturalOrder.INSTANCE.compare(id, known.get(known.size() - 1)) > 0;
            if (newer) {
                warnings.add("The history knows '" + id + "', which is newer than every migration here: it comes from"
                        + " a later version of this application.");
            } else {
                String sentence = "The history knows '" + id + "', which no migration bears any more: bring it back,"
                        + " or leave it be with monarch.migrations.unknown=warn.";
                (settings.unknown() == UnknownMigrations.FAIL ? problems : warnings).add(sentence);
            }
        }
    }

    private void findOutOfOrder(
            List<PlannedMigration> pending,
            Map<String, HistoryEntry> entries,
            List<String> problems,
            List<String> warnings) {
        Optional<String> newestApplied = migrations.ids().stream()
                .filter(id -> Optional.ofNullable(entries.get(id))
                        .map(entry -> entry.state() == MigrationState.APPLIED)
                        .orElse(false))
                .reduce((first, second) -> second);
        if (settings.outOfOrder() == OutOfOrder.RUN || newestApplied.isEmpty()) {
            return;
        }
        String newest = newestApplied.get();
        for (PlannedMigration planned : pending) {
            if (NaturalOrder.INSTANCE.compare(planned.id(), newest) < 0) {
                String sentence = "'" + planned.id() + "' is pending although '" + newest
                        + "', which comes after it, is applied: give it a newer id, or allow it with"
                        + " monarch.migrations.out-of-order=run.";
                (settings.outOfOrder() == OutOfOrder.REFUSE ? problems : warnings).add(sentence);
            }
        }
    }
}
