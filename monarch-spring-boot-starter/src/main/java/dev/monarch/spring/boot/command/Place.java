package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.environment.MonarchEnvironment;

/** Says in words what a command was working on, for the line that tells what went wrong there. */
final class Place {

    private Place() {}

    static String named(@Nullable String environment) {
        return environment != null ? "environment '" + environment + "'" : "MongoDB";
    }

    /** As exact as the beans can be asked for it; nothing is connected. */
    static String of(ListableBeanFactory beans, @Nullable String environment) {
        try {
            MonarchEnvironment own = Beans.environments(beans).own();
            return named(own.name()) + " (" + String.join(",", own.address().hosts()) + "/"
                    + own.address().database() + ")";
        } catch (RuntimeException e) {
            // What is wrong is being told already; this is only where.
            return named(environment);
        }
    }
}
