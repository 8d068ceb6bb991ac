package dev.monarch.spring.boot.command;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;

import dev.monarch.UnknownEnvironmentException;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.autoconfigure.EnvironmentInPlace;

/**
 * The environment that a command is about.
 *
 * @param name its name as it was typed, or null for the application's own
 * @param replacement what puts it in the place of the application's own, if it is another
 */
record CommandTarget(@Nullable String name, Optional<EnvironmentInPlace> replacement) {

    /**
     * Finds out which environment is meant, and has the application's own environment called so.
     *
     * <p>A configured one is always taken as it is configured, even where the application is connected to the same place:
     * whether it is could not be said before its beans are there.
     */
    static CommandTarget of(CommandLine verb, ConfigurableApplicationContext context) {
        if (verb.getCommand() instanceof VerbInContext own) {
            CommandProperties.addOfVerb(context.getEnvironment(), own.properties());
        }
        Set<String> known = EnvironmentInPlace.known(context.getEnvironment());
        String name = choice(verb).environment(known::contains);
        if (name == null
                || !EnvironmentInPlace.replaceable(context.getEnvironment()).contains(name)) {
            return new CommandTarget(name, Optional.empty());
        }
        EnvironmentInPlace inPlace = new EnvironmentInPlace(name, context);
        CommandProperties.nameOwnEnvironment(context.getEnvironment(), name);
        return new CommandTarget(name, Optional.of(inPlace));
    }

    private static EnvironmentChoice choice(CommandLine verb) {
        return Stream.concat(Stream.of(verb.<Object>getCommand()), verb.getMixins().values().stream())
                .filter(EnvironmentChoice.class::isInstance)
                .map(EnvironmentChoice.class::cast)
                .findFirst()
                .orElse(known -> null);
    }

    /** Makes sure that the context which has been started is on this environment, with every Mongo bean in it. */
    void requireIn(ConfigurableApplicationContext context) {
        EnvironmentRegistry environments = Beans.environments(context.getBeanFactory());
        if (name == null) {
            return;
        }
        replacement.ifPresent(other -> new StrayBeans(context.getBeanFactory()).refuseOn(name, other.address()));
        if (!environments.own().name().equals(name)) {
            throw new UnknownEnvironmentException(name, environments.names());
        }
    }
}
