package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Describes an environment in the line that reports a failure there.
 *
 * @param environment the name of the environment; null for the application's own
 * @param beans know the address of the environment; null if there are none yet
 */
record Place(@Nullable String environment, @Nullable ListableBeanFactory beans) {

    static Place named(@Nullable String environment) {
        return new Place(environment, null);
    }

    static Place of(ListableBeanFactory beans, @Nullable String environment) {
        return new Place(environment, beans);
    }

    Place of(String other) {
        return new Place(other, beans);
    }

    /** Returns the name and, if it is known, the address. Does not connect. */
    String describe() {
        try {
            return beans != null ? describe(beans) : name(environment);
        } catch (RuntimeException e) {
            // Only the address is missing: the failure itself is reported anyway.
            return name(environment);
        }
    }

    private String describe(ListableBeanFactory known) {
        EnvironmentRegistry environments = Beans.environments(known);
        MonarchEnvironment failed = environment != null ? environments.get(environment) : environments.own();
        return name(failed.name()) + " (" + String.join(",", failed.address().hosts()) + "/"
                + failed.address().database() + ")";
    }

    private static String name(@Nullable String environment) {
        return environment != null ? "environment '" + environment + "'" : "MongoDB";
    }
}
