package dev.monarch.spring.boot.command;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.migration.Amendment;
import dev.monarch.migration.Migrator;

/** Marks all migrations up to one as done. */
@Command(
        name = "baseline",
        description = "Mark all migrations up to one as done, for a database older than Monarch.",
        footer = {
            "  monarch baseline 202611201030-unique-email staging",
            "      The next run starts with the migration after it."
        })
final class BaselineVerb extends MigrationVerb {

    @Parameters(paramLabel = "ID", description = "The last migration that the database already contains.")
    private String id;

    @Mixin
    private OptionalEnvironment environment;

    @Option(names = "--dry-run", description = "Show the changes without making them.")
    private boolean dryRun;

    @Mixin
    private HistoryAmendment change;

    BaselineVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    @Override
    Report run() {
        Amendment amendment = Amendment.baseline(id, change.reason("baseline"));
        endInterruptedSwap(dryRun);
        return change.run(List.of(amendment), migrator(), dryRun);
    }
}
