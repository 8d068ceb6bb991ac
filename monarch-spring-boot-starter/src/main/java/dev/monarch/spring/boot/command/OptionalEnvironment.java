package dev.monarch.spring.boot.command;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The environment of a verb; by default the application's own. */
final class OptionalEnvironment implements EnvironmentChoice {

    @Parameters(
            index = "+",
            arity = "0..1",
            paramLabel = "ENV",
            description = "The environment. Default: the application's own.",
            completionCandidates = Completion.Environments.class)
    private @Nullable String name;

    @Override
    public @Nullable String environment(Predicate<String> known) {
        return name;
    }
}
