package dev.monarch.rehearsal;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.copy.CopyReport;
import dev.monarch.engine.Checks;
import dev.monarch.migration.MigrationStatus;

/**
 * The result of a rehearsal.
 *
 * @param source the environment whose migrations were rehearsed
 * @param scratch the scratch environment, which is empty again
 * @param copied the result of the copy
 * @param migrations the status of each migration that was pending, with its duration and error
 * @param problem why the run failed; null if it succeeded
 * @param changes the changes to the database, as sentences
 * @param elapsed the total duration of the migrations
 */
public record RehearsalReport(
        String source,
        String scratch,
        CopyReport copied,
        List<MigrationStatus> migrations,
        @Nullable String problem,
        List<String> changes,
        Duration elapsed) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code source} or {@code scratch} is blank, or {@code elapsed} is negative
     */
    public RehearsalReport {
        Checks.notBlank("source", source);
        Checks.notBlank("scratch", scratch);
        Checks.notNegative("elapsed", elapsed);
        migrations = List.copyOf(migrations);
        changes = List.copyOf(changes);
    }

    /**
     * Tells whether the rehearsal succeeded.
     *
     * @return false if a migration failed or could not be run
     */
    public boolean ok() {
        return problem == null;
    }
}
