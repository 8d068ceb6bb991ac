package dev.monarch.spring.boot.command;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.migration.Amendment;
import dev.monarch.migration.Migrator;

/** Takes a database as it is: counts everything up to a migration as done. */
@Command(
        name = "baseline",
        description = "Count everything up to a migration as done: for a database that was there before Monarch.",
        footer = {
            "  monarch baseline 202611201030-unique-email staging",
            "      The next migrate runs what comes after it."
        })
final class BaselineVerb extends MigrationVerb {

    @Parameters(paramLabel = "ID", description = "The last migration that the database already contains.")
    private String id;

    @Mixin
    private OptionalEnvironment environment;

    @Option(names = "--dry-run", description = "Show what would be changed, and change nothing.")
    private boolean dryRun;

    @Mixin
    private Amending amending;

    BaselineVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    @Override
    Report run() {
        Amendment amendment = Amendment.baseline(id, amending.reason("baseline"));
        endInterruptedSwap(dryRun);
        return amending.run(List.of(amendment), migrator(), dryRun);
    }
}
