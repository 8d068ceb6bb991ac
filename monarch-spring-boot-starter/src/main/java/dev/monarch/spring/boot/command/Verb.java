package dev.monarch.spring.boot.command;

import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** One verb of the command line. */
sealed interface Verb permits Verb.Standalone, Verb.InContext {

    VerbDescription description();

    /** A verb that needs nothing of the application: no context is started for it. */
    non-sealed interface Standalone extends Verb {

        /**
         * Does it.
         *
         * @param arguments what it was called with
         * @param console where it may ask
         * @param application the application's main class, or null if nobody knows
         */
        Report run(Arguments arguments, CommandConsole console, @Nullable Class<?> application);
    }

    /** A verb that works with beans of the application. */
    non-sealed interface InContext extends Verb {

        /**
         * Returns the environment the application is to be started on, or null for its own.
         *
         * @param arguments what it was called with
         * @param known whether there is an environment of a name
         */
        default @Nullable String environment(Arguments arguments, Predicate<String> known) {
            return null;
        }

        /**
         * Returns settings that the application is started with, besides its own.
         *
         * @param arguments what it was called with
         */
        default Map<String, Object> settings(Arguments arguments) {
            return Map.of();
        }

        /**
         * Does it.
         *
         * @param arguments what it was called with
         * @param console where it may ask
         * @param beans those of the application, on the environment that was asked for
         */
        Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) throws Exception;
    }
}
