package dev.monarch.rehearsal;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.copy.CopyReport;
import dev.monarch.migration.MigrationStatus;

/**
 * A rehearsal that was held.
 *
 * @param source the environment it was about
 * @param scratch the environment it was held on, which is empty again
 * @param copied what was copied
 * @param migrations how each migration that was pending stands afterwards, with its duration and its error
 * @param problem why the run ended before its end, or null if it did not
 * @param changes what of the database changed, as sentences
 * @param elapsed how long the migrations took together
 */
public record RehearsalReport(
        String source,
        String scratch,
        CopyReport copied,
        List<MigrationStatus> migrations,
        @Nullable String problem,
        List<String> changes,
        Duration elapsed) {

    public RehearsalReport {
        migrations = List.copyOf(migrations);
        changes = List.copyOf(changes);
    }

    /**
     * Tells whether everything went well.
     *
     * @return false if a migration failed, or none could be run
     */
    public boolean ok() {
        return problem == null;
    }
}
