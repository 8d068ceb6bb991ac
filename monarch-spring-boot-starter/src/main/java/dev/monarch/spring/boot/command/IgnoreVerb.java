package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import dev.monarch.migration.Amendment;
import dev.monarch.migration.Migrator;

/** Counts migrations as done without running them. */
final class IgnoreVerb implements Verb.InContext {

    private static final String ALL = "--all";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .paramLabel("ID")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("The migrations; behind them the environment. Left out: the application's own.")
                        .build(),
                VerbOptions.flag(ALL, "Everything pending; then the only word is the environment."),
                VerbOptions.flag(VerbOptions.DRY_RUN, "Shows what would be changed, and changes nothing."),
                VerbOptions.reason()));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "ignore",
                List.of(),
                "Counts migrations as done without running them.",
                arguments,
                List.of(
                        new Example(
                                "ignore 1-dogs 2-houses staging --reason 'done by hand'", "Two of them, on staging."),
                        new Example("ignore --all staging", "Everything pending, on staging.")));
    }

    @Override
    public @Nullable String environment(Arguments arguments, Predicate<String> known) {
        List<String> words = arguments.words();
        if (words.isEmpty()) {
            return null;
        }
        String last = words.get(words.size() - 1);
        if (arguments.has(ALL)) {
            return last;
        }
        // An id is never called like an environment of the same application, or its author would be confused too.
        return words.size() > 1 && known.test(last) ? last : null;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        Migrator migrator = Beans.migrator(beans);
        List<String> ids = new ArrayList<>(arguments.words());
        String environment = environment(
                arguments, name -> name.equals(migrator.environment().name()));
        if (environment != null) {
            ids.remove(ids.size() - 1);
        }
        if (ids.isEmpty() != arguments.has(ALL)) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    ids.isEmpty()
                            ? "Say which migrations are to be ignored: their ids, or --all."
                            : "--all is everything pending: with it goes no id, only the environment.");
        }
        String reason = Reason.of(arguments, "ignore");
        InterruptedSwap.endOrTell(arguments, console, beans);
        return new Amending(arguments, console, migrator)
                .run(
                        ids.isEmpty()
                                ? List.of(Amendment.ignoreAll(reason))
                                : ids.stream()
                                        .map(id -> Amendment.ignore(id, reason))
                                        .toList());
    }
}
