package dev.monarch.engine.migration;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.monarch.InvalidMigrationsException;
import dev.monarch.UnknownMigrationException;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationPlan;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationPlan.PlannedMigration.Reason;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MigrationSettings;

/** Compares the application's migrations with the history, and plans a run. */
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
     *     all problems
     * @throws UnknownMigrationException if the target names an unknown migration
     */
    MigrationPlan plan(List<HistoryEntry> history, MigrationTarget target) {
        Map<String, HistoryEntry> entries =
                new TreeMap<>(NaturalOrder.INSTANCE.thenComparing(Comparator.naturalOrder()));
        history.stream()
                .filter(entry -> entry.state() != MigrationState.PENDING)
                .forEach(entry -> entries.put(entry.id(), entry));
        HistoryCheck check = new HistoryCheck(migrations, settings);
        check.findRespelled(history);
        check.findUnknown(entries);
        check.findUnfinishedImport(history);
        List<RegisteredMigration> candidates = inOrderOfRunning();
        List<PlannedMigration> all = candidates.stream()
                .map(migration -> plan(migration, entries.get(migration.id())))
                .flatMap(Stream::ofNullable)
                .toList();
        if (target instanceof MigrationTarget.Pending) {
            check.findOutOfOrder(all, entries);
        }
        if (!check.problems().isEmpty()) {
            throw new InvalidMigrationsException(check.problems());
        }
        return new MigrationPlan(
                environment,
                select(all, candidates, entries, target),
                candidates.size() - all.size(),
                check.warnings());
    }

    /** Repeatable migrations come last, because they may depend on all others. */
    private List<RegisteredMigration> inOrderOfRunning() {
        List<RegisteredMigration> applicable = migrations.migrations().stream()
                .filter(migration -> migration.policy().isFor(environment))
                .toList();
        return Stream.concat(
                        applicable.stream()
                                .filter(migration -> !migration.policy().isRepeatable()),
                        applicable.stream()
                                .filter(migration -> migration.policy().isRepeatable()))
                .toList();
    }

    private List<PlannedMigration> select(
            List<PlannedMigration> all,
            List<RegisteredMigration> candidates,
            Map<String, HistoryEntry> entries,
            MigrationTarget target) {
        List<String> order = candidates.stream().map(RegisteredMigration::id).toList();
        if (target instanceof MigrationTarget.UpTo upTo) {
            requireKnown(upTo.id(), order);
            List<String> upToIt = order.subList(0, order.indexOf(upTo.id()) + 1);
            return all.stream().filter(planned -> upToIt.contains(planned.id())).toList();
        }
        if (target instanceof MigrationTarget.One one) {
            requireKnown(one.id(), order);
            HistoryEntry entry = entries.get(one.id());
            return List.of(new PlannedMigration(
                    one.id(), Reason.FORCED, attemptsSoFar(entry), entry != null ? entry.error() : null));
        }
        return all;
    }

    private void requireKnown(String id, List<String> known) {
        if (!known.contains(id)) {
            throw new UnknownMigrationException(environment, id, NearestNames.to(id, known));
        }
    }

    private static int attemptsSoFar(@Nullable HistoryEntry entry) {
        return entry == null || entry.state() == MigrationState.APPLIED ? 0 : entry.attempts();
    }

    private static @Nullable PlannedMigration plan(RegisteredMigration migration, @Nullable HistoryEntry entry) {
        String id = migration.id();
        if (entry == null) {
            return new PlannedMigration(id, Reason.NEW, 0, null);
        }
        return switch (entry.state()) {
            case PENDING -> new PlannedMigration(id, Reason.NEW, entry.attempts(), null);
            case ROLLED_BACK -> new PlannedMigration(id, Reason.ROLLED_BACK, 0, null);
            case FAILED -> new PlannedMigration(id, Reason.FAILED, entry.attempts(), entry.error());
            case RUNNING, INTERRUPTED ->
                new PlannedMigration(id, Reason.INTERRUPTED, entry.attempts(), null, obstacleTo(migration));
            case ROLLING_BACK ->
                new PlannedMigration(
                        id,
                        Reason.INTERRUPTED,
                        entry.attempts(),
                        entry.error(),
                        "was being rolled back, and the rollback did not end");
            case APPLIED -> planAgain(migration, entry);
            case IGNORED -> migration.policy().run() == Run.ON_CHANGE ? planAgain(migration, entry) : null;
        };
    }

    private static @Nullable String obstacleTo(RegisteredMigration migration) {
        return migration.policy().onInterrupted() == OnInterrupted.MANUAL
                ? "was started and not ended, and needs manual intervention ('onInterrupted = MANUAL')"
                : null;
    }

    private static @Nullable PlannedMigration planAgain(RegisteredMigration migration, HistoryEntry entry) {
        String before = entry.version() != null ? entry.version() : "";
        return switch (migration.policy().run()) {
            case ONCE -> null;
            case ALWAYS -> new PlannedMigration(migration.id(), Reason.REPEATED, 0, null);
            case ON_CHANGE ->
                before.equals(migration.policy().version())
                        ? null
                        : new PlannedMigration(migration.id(), Reason.CHANGED, 0, null);
        };
    }
}
