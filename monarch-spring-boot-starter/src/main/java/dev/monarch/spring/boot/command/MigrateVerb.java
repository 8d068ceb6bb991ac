package dev.monarch.spring.boot.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.migration.Amendment;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.advice.ExitCode;

/** Runs pending migrations, all of them or up to one, or only marks them as done. */
@Command(
        name = "migrate",
        aliases = "up",
        description = "Run pending migrations in order, and stop at the first failure.",
        footer = {
            "  monarch migrate",
            "      Run everything pending on the application's own database.",
            "  monarch migrate staging --dry-run",
            "      Show what would run on staging.",
            "  monarch migrate staging --to 202611201030-unique-email",
            "      Run up to and including that one.",
            "  monarch migrate staging --fake --reason 'restored from a newer backup'",
            "      Mark everything pending as done."
        })
final class MigrateVerb extends MigrationVerb {

    @Mixin
    private OptionalEnvironment environment;

    @Option(names = "--to", paramLabel = "ID", description = "Stop after this migration.")
    private @Nullable String to;

    @Option(names = "--dry-run", description = "Show what would run without running it.")
    private boolean dryRun;

    @Option(names = "--fake", description = "Run nothing, and record the migrations as IGNORED.")
    private boolean fake;

    @Mixin
    private HistoryAmendment change;

    MigrateVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    @Override
    Report run() {
        if (!fake && change.hasReason()) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "--reason needs --fake. A migration that runs needs no reason.");
        }
        List<String> warnings = InterruptedSwap.endOrReport(dryRun, beans());
        if (fake) {
            String reason = change.reason("migrate --fake");
            return change.run(
                    List.of(to != null ? Amendment.baseline(to, reason) : Amendment.ignoreAll(reason)),
                    migrator(),
                    dryRun);
        }
        return new MigrationExecution(console(), migrator(), warnings)
                .run(to != null ? MigrationTarget.upTo(to) : MigrationTarget.pending(), dryRun);
    }
}
