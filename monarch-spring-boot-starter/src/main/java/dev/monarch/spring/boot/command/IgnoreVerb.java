package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.migration.Amendment;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.advice.ExitCode;

/** Marks migrations as done without running them. */
@Command(
        name = "ignore",
        description = "Mark migrations as done without running them.",
        footer = {
            "  monarch ignore 1-dogs 2-houses staging --reason 'done by hand'", "      Two migrations, on staging.",
            "  monarch ignore --all staging", "      Everything pending, on staging."
        })
final class IgnoreVerb extends MigrationVerb implements EnvironmentChoice {

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "The migrations, then the environment. Default: the application's own.")
    private @Nullable List<String> words;

    @Option(names = "--all", description = "Ignore all pending migrations. Give no ids, only the environment.")
    private boolean all;

    @Option(names = "--dry-run", description = "Show the changes without making them.")
    private boolean dryRun;

    @Mixin
    private HistoryAmendment change;

    IgnoreVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    @Override
    public @Nullable String environment(Predicate<String> known) {
        if (words == null) {
            return null;
        }
        String last = words.get(words.size() - 1);
        // No real application gives a migration the name of an environment.
        return all || words.size() > 1 && known.test(last) ? last : null;
    }

    @Override
    Report run() {
        List<String> ids = new ArrayList<>(words == null ? List.of() : words);
        if (environment(name -> name.equals(environment())) != null) {
            ids.remove(ids.size() - 1);
        }
        if (ids.isEmpty() != all) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    ids.isEmpty()
                            ? "Give the ids of the migrations to ignore, or --all."
                            : "--all means all pending migrations: give no ids with it, only the environment.");
        }
        String reason = change.reason("ignore");
        endInterruptedSwap(dryRun);
        List<Amendment> amendments = ids.isEmpty()
                ? List.of(Amendment.ignoreAll(reason))
                : ids.stream().map(id -> Amendment.ignore(id, reason)).toList();
        return change.run(amendments, migrator(), dryRun);
    }
}
