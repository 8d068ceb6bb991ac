package dev.monarch.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.migration.MigrationSet.RegisteredMigration;

/** Sorts migrations by their ids, and finds what is wrong with them. */
final class CheckedMigrations {

    private static final int LONGEST_ID = 200;

    private final Map<String, RegisteredMigration> byId = new TreeMap<>(NaturalOrder.INSTANCE);

    private final List<String> problems = new ArrayList<>();

    CheckedMigrations(Collection<RegisteredMigration> migrations, BackfillSet backfills) {
        migrations.forEach(this::add);
        backfills.backfills().forEach(this::requireOtherId);
    }

    /** {@return the migrations in the order of their ids} */
    List<RegisteredMigration> inOrder() {
        return List.copyOf(byId.values());
    }

    /** {@return all problems, as sentences} */
    List<String> problems() {
        return problems;
    }

    private void add(RegisteredMigration migration) {
        checkId(migration);
        checkEnvironments(migration);
        RegisteredMigration other = byId.putIfAbsent(migration.id(), migration);
        if (other != null) {
            problems.add(duplicate(migration, other));
        }
    }

    private void checkId(RegisteredMigration migration) {
        String id = migration.id();
        if (id.isBlank()) {
            problems.add(migration.source() + " has no id: write @Migration(\"…\").");
        } else if (!id.equals(id.strip()) || id.chars().anyMatch(Character::isISOControl)) {
            problems.add(migration.source() + " has the id '" + id.strip()
                    + "' with surrounding white space or with control characters: remove them.");
        } else if (id.length() > LONGEST_ID) {
            problems.add(migration.source() + " has an id of " + id.length() + " characters: at most " + LONGEST_ID
                    + " are allowed.");
        }
    }

    private void checkEnvironments(RegisteredMigration migration) {
        if (migration.policy().environments().stream().anyMatch(String::isBlank)) {
            problems.add(migration.source()
                    + " names a blank environment, in which it would never run: name the environment, or"
                    + " remove it.");
        }
    }

    private static String duplicate(RegisteredMigration migration, RegisteredMigration other) {
        return migration.id().equals(other.id())
                ? "The id '" + migration.id() + "' is used twice, by " + other.source() + " and by "
                        + migration.source() + ": give one of them another id."
                : "The ids '" + other.id() + "' (" + other.source() + ") and '" + migration.id() + "' ("
                        + migration.source() + ") are equal in natural order: give one of them another id.";
    }

    private void requireOtherId(RegisteredBackfill backfill) {
        RegisteredMigration other = byId.get(backfill.id());
        if (other != null) {
            problems.add("The ids '" + other.id() + "' (" + other.source() + ") and '" + backfill.id() + "' ("
                    + backfill.source() + ") of a migration and of a backfill are equal in natural order: give one"
                    + " of them another id.");
        }
    }
}
