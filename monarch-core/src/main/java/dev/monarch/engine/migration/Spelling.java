package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.monarch.Fact;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.Reason;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;

/**
 * Finds migrations whose id is spelled differently in the history: {@code 1} and {@code 001} are equal in order, but it
 * is unknown whether they are the same migration.
 */
final class Spelling {

    /** A migration that never ran loses nothing if its id changes. */
    private static final Set<MigrationState> NEVER_RAN = Set.of(MigrationState.PENDING, MigrationState.ROLLED_BACK);

    private Spelling() {}

    /**
     * Refuses a history that spells the id of a migration differently.
     *
     * @throws InvalidMigrationsException if so; it names both spellings of each
     */
    static void requireSame(MigrationSet migrations, Collection<HistoryEntry> history) {
        List<String> problems = problems(migrations, history);
        if (!problems.isEmpty()) {
            throw new InvalidMigrationsException(Fact.all(Reason.INVALID_MIGRATION, problems));
        }
    }

    static List<String> problems(MigrationSet migrations, Collection<HistoryEntry> history) {
        Set<String> exact = history.stream().map(HistoryEntry::id).collect(Collectors.toSet());
        List<String> problems = new ArrayList<>();
        for (RegisteredMigration migration : migrations.migrations()) {
            if (!exact.contains(migration.id())) {
                history.stream()
                        .filter(entry -> !NEVER_RAN.contains(entry.state()))
                        .filter(entry -> NaturalOrder.INSTANCE.compare(entry.id(), migration.id()) == 0)
                        .forEach(entry -> problems.add("The history says that '" + entry.id() + "' is " + entry.state()
                                + ", and the migration here is called '" + migration.id() + "' (" + migration.source()
                                + "): the ids differ only by leading zeros, and are not the same migration. Rename it to '"
                                + entry.id() + "'."));
            }
        }
        return problems;
    }
}
