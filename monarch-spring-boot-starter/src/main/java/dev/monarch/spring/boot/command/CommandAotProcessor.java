package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Registers what a native image needs for commands: Monarch's verbs and those of the application for reflection, and the
 * files that commands read.
 */
final class CommandAotProcessor implements BeanFactoryInitializationAotProcessor {

    /** Created by Spring. */
    CommandAotProcessor() {}

    @Override
    public BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory beans) {
        List<Class<?>> own = Stream.of(beans.getBeanNamesForType(MonarchCommand.class, true, false))
                .<@Nullable Class<?>>map(beans::getType)
                .filter(Objects::nonNull)
                .<Class<?>>map(Objects::requireNonNull)
                .toList();
        return (generation, code) -> register(generation.getRuntimeHints(), own);
    }

    private static void register(RuntimeHints hints, List<Class<?>> own) {
        PicocliHints picocli = new PicocliHints(hints.reflection());
        picocli.add(AllVerbs.class);
        own.forEach(picocli::add);
        hints.resources()
                .registerPattern("dev/monarch/spring/boot/command/*.template")
                .registerPattern("dev/monarch/engine/version.properties")
                .registerPattern("META-INF/spring/" + MonarchCommand.class.getName() + ".imports");
    }
}
