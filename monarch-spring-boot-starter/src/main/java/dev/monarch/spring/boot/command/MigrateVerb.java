package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.migration.Amendment;
import dev.monarch.migration.MigrationTarget;
import dev.monarch.migration.Migrator;

/** Runs what is pending, all of it or up to a migration; or only says so in the history. */
final class MigrateVerb implements EnvironmentVerb {

    private static final String TO = "--to";

    private static final String FAKE = "--fake";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.environment(0),
                VerbOptions.value(TO, "ID", "Stops behind this migration."),
                VerbOptions.flag(VerbOptions.DRY_RUN, "Shows what would run, and runs nothing."),
                VerbOptions.flag(FAKE, "Runs nothing and has the history say IGNORED."),
                VerbOptions.reason()));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "migrate",
                List.of("up"),
                "Runs what is pending, in order, and stops at the first that fails.",
                arguments,
                List.of(
                        new Example("migrate", "Runs everything pending on the application's own database."),
                        new Example("migrate staging --dry-run", "Shows what would run on staging."),
                        new Example(
                                "migrate staging --to 202611201030-unique-email", "Runs up to that one, it included."),
                        new Example(
                                "migrate staging --fake --reason 'restored from a newer backup'",
                                "Counts everything pending as done.")));
    }

    @Override
    public int environmentAt() {
        return 0;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        List<String> warnings = InterruptedSwap.endOrTell(arguments, beans);
        Migrator migrator = Beans.migrator(beans);
        String last = arguments.option(TO);
        if (arguments.has(FAKE)) {
            String reason = Reason.of(arguments, "migrate --fake");
            return new Amending(arguments, console, migrator)
                    .run(List.of(last != null ? Amendment.baseline(last, reason) : Amendment.ignoreAll(reason)));
        }
        if (arguments.has(VerbOptions.REASON)) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "--reason goes with --fake: a migration that runs needs no reason.");
        }
        return new Migrating(arguments, console, migrator, warnings)
                .run(last != null ? MigrationTarget.upTo(last) : MigrationTarget.pending());
    }
}
