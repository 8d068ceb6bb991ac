package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.monarch.InvalidRequestException;
import dev.monarch.UnknownMigrationException;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.RollbackPlan;
import dev.monarch.migration.RollbackPlan.PlannedRollback;
import dev.monarch.migration.RollbackPlan.RollbackTarget;

/** Finds the migrations that a rollback must roll back, and checks whether it can. */
final class RollbackPlanner {

    private static final Set<MigrationState> DONE =
            Set.of(MigrationState.APPLIED, MigrationState.IGNORED, MigrationState.ROLLING_BACK);

    private final String environment;

    private final MigrationSet migrations;

    RollbackPlanner(String environment, MigrationSet migrations) {
        this.environment = environment;
        this.migrations = migrations;
    }

    /**
     * Plans a rollback.
     *
     * @throws UnknownMigrationException if the target names a migration that neither the history nor the set knows
     * @throws InvalidRequestException if some of the migrations cannot be rolled back; it lists all of them
     */
    RollbackPlan plan(List<HistoryEntry> history, RollbackTarget target) {
        List<HistoryEntry> newestFirst = history.stream()
                .filter(entry -> DONE.contains(entry.state()))
                .sorted(Comparator.comparingLong(HistoryEntry::sequence)
                        .thenComparing(HistoryEntry::id, NaturalOrder.INSTANCE)
                        .reversed())
                .toList();
        List<HistoryEntry> selected = select(newestFirst, target, history);
        List<String> problems = new ArrayList<>();
        selected.forEach(entry -> findProblem(entry, problems));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment, "roll back", problems);
        }
        return new RollbackPlan(
                environment,
                selected.stream()
                        .map(entry -> new PlannedRollback(
                                entry.id(),
                                entry.state() != MigrationState.IGNORED,
                                entry.state() == MigrationState.ROLLING_BACK))
                        .toList());
    }

    private List<HistoryEntry> select(
            List<HistoryEntry> newestFirst, RollbackTarget target, List<HistoryEntry> history) {
        if (target instanceof RollbackTarget.One one) {
            return List.of(find(one.id(), newestFirst, history));
        }
        List<HistoryEntry> once =
                newestFirst.stream().filter(entry -> !isRepeatable(entry.id())).toList();
        if (target instanceof RollbackTarget.Last last) {
            return once.subList(0, Math.min(last.count(), once.size()));
        }
        HistoryEntry oldest = find(((RollbackTarget.DownTo) target).id(), once, history);
        return once.subList(0, once.indexOf(oldest) + 1);
    }

    private HistoryEntry find(String id, List<HistoryEntry> done, List<HistoryEntry> history) {
        Optional<HistoryEntry> found =
                done.stream().filter(entry -> entry.id().equals(id)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        boolean known = migrations.ids().contains(id)
                || history.stream().anyMatch(entry -> entry.id().equals(id));
        if (known) {
            throw new InvalidRequestException(
                    environment,
                    "roll back",
                    List.of("'" + id + "' " + (isRepeatable(id) ? "runs more than once" : "is not applied") + "."));
        }
        throw new UnknownMigrationException(
                environment,
                id,
                NearestNames.to(id, done.stream().map(HistoryEntry::id).toList()));
    }

    private boolean isRepeatable(String id) {
        return migrations
                .find(id)
                .map(migration -> migration.policy().isRepeatable())
                .orElse(false);
    }

    private void findProblem(HistoryEntry entry, List<String> problems) {
        if (entry.state() == MigrationState.IGNORED) {
            return;
        }
        Optional<RegisteredMigration> migration = migrations.find(entry.id());
        if (migration.isEmpty()) {
            problems.add("'" + entry.id() + "' is applied, but the application has no migration with this id.");
        } else if (!migration.get().hasDown()) {
            problems.add(
                    "'" + entry.id() + "' has no 'down' (" + migration.get().source() + ").");
        }
    }
}
