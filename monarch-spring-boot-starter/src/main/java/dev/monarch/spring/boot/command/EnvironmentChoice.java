package dev.monarch.spring.boot.command;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Says which environment the application is started on for a verb. */
@FunctionalInterface
interface EnvironmentChoice {

    /**
     * Returns the environment's name, or null for the application's own.
     *
     * @param known whether there is an environment of a name
     */
    @Nullable
    String environment(Predicate<String> known);
}
