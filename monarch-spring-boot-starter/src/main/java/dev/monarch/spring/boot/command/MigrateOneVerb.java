package dev.monarch.spring.boot.command;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.Migrator;

/** Runs one migration, regardless of its state. */
@Command(
        name = "migrate-one",
        description = "Run one migration by id, regardless of its state and of pending migrations before it.",
        footer = {
            "  monarch migrate-one 202611201030-unique-email staging",
            "      Run it on staging, even if it has run before."
        })
final class MigrateOneVerb extends MigrationVerb {

    @Parameters(paramLabel = "ID", description = "The migration.")
    private String id;

    @Mixin
    private OptionalEnvironment environment;

    @Option(names = "--dry-run", description = "Show what would run without running it.")
    private boolean dryRun;

    MigrateOneVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    @Override
    Report run() {
        List<String> warnings = InterruptedSwap.endOrReport(dryRun, beans());
        return new MigrationExecution(console(), migrator(), warnings).run(MigrationTarget.one(id), dryRun);
    }
}
