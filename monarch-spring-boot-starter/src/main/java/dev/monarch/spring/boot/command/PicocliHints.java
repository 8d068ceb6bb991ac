package dev.monarch.spring.boot.command;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.ResolvableType;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers for reflection what picocli reads, sets and creates of a verb. */
final class PicocliHints {

    private final ReflectionHints reflection;

    private final Set<Class<?>> seen = new HashSet<>();

    PicocliHints(ReflectionHints reflection) {
        this.reflection = reflection;
    }

    /** Adds a verb or a part of one, with everything that it names. */
    void add(@Nullable Class<?> type) {
        if (type == null || type.isPrimitive() || type.getName().startsWith("java.") || !seen.add(type)) {
            return;
        }
        // A verb that needs beans is first created without its constructor.
        reflection.registerType(
                type,
                MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                MemberCategory.INVOKE_DECLARED_METHODS,
                MemberCategory.ACCESS_DECLARED_FIELDS,
                MemberCategory.UNSAFE_ALLOCATED);
        add(type.getSuperclass());
        Command command = type.getAnnotation(Command.class);
        if (command != null) {
            Stream.of(command.subcommands()).forEach(this::add);
        }
        Stream.of(type.getDeclaredFields()).forEach(this::add);
    }

    private void add(Field field) {
        Option option = field.getAnnotation(Option.class);
        if (option != null) {
            addAll(option.converter());
            add(option.completionCandidates());
        }
        Parameters parameters = field.getAnnotation(Parameters.class);
        if (parameters != null) {
            addAll(parameters.converter());
            add(parameters.completionCandidates());
        }
        if (option != null
                || parameters != null
                || field.isAnnotationPresent(Mixin.class)
                || field.isAnnotationPresent(ArgGroup.class)) {
            ResolvableType declared = ResolvableType.forField(field);
            add(declared.resolve());
            Stream.of(declared.getGenerics()).map(ResolvableType::resolve).forEach(this::add);
        }
    }

    private void addAll(Class<?>[] types) {
        Stream.of(types).forEach(this::add);
    }
}
