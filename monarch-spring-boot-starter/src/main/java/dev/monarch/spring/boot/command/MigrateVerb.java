package dev.monarch.spring.boot.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.migration.Amendment;
import dev.monarch.migration.MigrationTarget;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.advice.ExitCode;

/** Runs what is pending, all of it or up to a migration; or only says so in the history. */
@Command(
        name = "migrate",
        aliases = "up",
        description = "Run what is pending, in order, and stop at the first that fails.",
        footer = {
            "  monarch migrate",
            "      Run everything pending on the application's own database.",
            "  monarch migrate staging --dry-run",
            "      Show what would run on staging.",
            "  monarch migrate staging --to 202611201030-unique-email",
            "      Run up to and including that one.",
            "  monarch migrate staging --fake --reason 'restored from a newer backup'",
            "      Count everything pending as done."
        })
final class MigrateVerb extends MigrationVerb {

    @Mixin
    private OptionalEnvironment environment;

    @Option(names = "--to", paramLabel = "ID", description = "Stop after this migration.")
    private @Nullable String to;

    @Option(names = "--dry-run", description = "Show what would run, and run nothing.")
    private boolean dryRun;

    @Option(names = "--fake", description = "Run nothing; the history says IGNORED.")
    private boolean fake;

    @Mixin
    private Amending amending;

    MigrateVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    @Override
    Report run() {
        if (!fake && amending.hasReason()) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "--reason goes with --fake: a migration that runs needs no reason.");
        }
        List<String> warnings = InterruptedSwap.endOrTell(dryRun, beans());
        if (fake) {
            String reason = amending.reason("migrate --fake");
            return amending.run(
                    List.of(to != null ? Amendment.baseline(to, reason) : Amendment.ignoreAll(reason)),
                    migrator(),
                    dryRun);
        }
        return new Migrating(console(), migrator(), warnings)
                .run(to != null ? MigrationTarget.upTo(to) : MigrationTarget.pending(), dryRun);
    }
}
