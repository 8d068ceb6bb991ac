package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Chooses the environment on which the application starts for a verb. */
@FunctionalInterface
interface EnvironmentChoice {

    /**
     * Returns the environment's name, or null for the application's own.
     *
     * @param known tells whether an environment of a name exists
     */
    @Nullable
    String environment(Predicate<String> known);

    /** Returns the names of the other environments that the verb uses. */
    default List<String> others() {
        return List.of();
    }
}
