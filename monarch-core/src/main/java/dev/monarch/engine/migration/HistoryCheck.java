package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.MigrationSettings.OutOfOrder;
import dev.monarch.migration.MigrationSettings.UnknownMigrations;

/** Compares a set of migrations with a history, and collects problems and warnings. */
final class HistoryCheck {

    private final MigrationSet migrations;

    private final MigrationSettings settings;

    private final List<Fact> problems = new ArrayList<>();

    private final List<Fact> warnings = new ArrayList<>();

    HistoryCheck(MigrationSet migrations, MigrationSettings settings) {
        this.migrations = migrations;
        this.settings = settings;
        problems.addAll(Fact.all(Reason.INVALID_MIGRATION, migrations.problems()));
    }

    List<Fact> problems() {
        return problems;
    }

    List<Fact> warnings() {
        return warnings;
    }

    void findRespelled(List<HistoryEntry> history) {
        problems.addAll(Fact.all(Reason.INVALID_MIGRATION, Spelling.problems(migrations, history)));
    }

    /** What an unfinished import has not recorded yet would run again. */
    void findUnfinishedImport(List<HistoryEntry> history) {
        history.stream()
                .map(HistoryEntry::importing)
                .flatMap(Stream::ofNullable)
                .map(source ->
                        new Fact(Reason.OTHER_HISTORY, "the import of " + source + " was started and has not ended"))
                .forEach(warnings::add);
    }

    void findUnknown(Map<String, HistoryEntry> entries) {
        List<String> known = migrations.ids();
        for (String id : entries.keySet()) {
            if (known.contains(id)) {
                continue;
            }
            boolean newer = known.isEmpty() || NaturalOrder.INSTANCE.compare(id, known.get(known.size() - 1)) > 0;
            if (newer) {
                warnings.add(new Fact(
                        Reason.MIGRATION_NEWER,
                        "The history contains '" + id + "', which is newer than every migration here: it comes from"
                                + " a later version of this application."));
            } else {
                Fact gone = new Fact(
                        Reason.MIGRATION_GONE,
                        "The history contains '" + id + "', but this application no longer has this migration.");
                (settings.unknown() == UnknownMigrations.FAIL ? problems : warnings).add(gone);
            }
        }
    }

    void findOutOfOrder(List<PlannedMigration> pending, Map<String, HistoryEntry> entries) {
        Optional<String> newestApplied = migrations.migrations().stream()
                .filter(migration -> !migration.policy().isRepeatable())
                .map(RegisteredMigration::id)
                .filter(id -> isApplied(entries.get(id)))
                .reduce((first, second) -> second);
        if (settings.outOfOrder() == OutOfOrder.RUN || newestApplied.isEmpty()) {
            return;
        }
        String newest = newestApplied.get();
        for (PlannedMigration planned : pending) {
            if (!migrations.find(planned.id()).orElseThrow().policy().isRepeatable()
                    && NaturalOrder.INSTANCE.compare(planned.id(), newest) < 0) {
                Fact early = new Fact(
                        Reason.MIGRATION_OUT_OF_ORDER,
                        "'" + planned.id() + "' is pending although '" + newest
                                + "', which comes after it, is applied.");
                (settings.outOfOrder() == OutOfOrder.REFUSE ? problems : warnings).add(early);
            }
        }
    }

    private static boolean isApplied(@Nullable HistoryEntry entry) {
        return entry != null && entry.state() == MigrationState.APPLIED;
    }
}
