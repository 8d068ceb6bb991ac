package dev.monarch.spring.boot.command;

import java.util.List;
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
 * The environment of a command.
 *
 * @param name its name as typed, or null for the application's own
 * @param replacement replaces the application's own environment by it, if it is another one
 */
record CommandTarget(@Nullable String name, Optional<EnvironmentInPlace> replacement) {

    /**
     * Determines the environment, and gives its name to the application's own.
     *
     * <p>A configured environment always uses its configured connection, even if the application is connected to the
     * same database. Whether it is the same is not known before the beans exist.
     */
    static CommandTarget of(CommandLine verb, ConfigurableApplicationContext context) {
        if (verb.getCommand() instanceof VerbInContext own) {
            CommandProperties.addOfVerb(context.getEnvironment(), own.properties());
        }
        Set<String> known = EnvironmentInPlace.known(context.getEnvironment());
        EnvironmentChoice choice = choice(verb);
        String name = choice.environment(known::contains);
        Stream.concat(Stream.ofNullable(name), choice.others().stream())
                .filter(each -> !known.contains(each))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new UnknownEnvironmentException(unknown, List.copyOf(known));
                });
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

    /** Checks that the started context, with every MongoDB bean in it, uses this environment. */
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
