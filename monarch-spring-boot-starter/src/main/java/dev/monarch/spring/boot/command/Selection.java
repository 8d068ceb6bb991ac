package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.List;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import dev.monarch.transfer.CollectionSelection;

/** The options that select collections. */
final class Selection {

    @Option(
            names = "--only",
            paramLabel = "NAMES",
            converter = Patterns.class,
            description = "Only these collections: names separated by commas, * for any.")
    private Patterns.Names only = Patterns.Names.NONE;

    @Option(
            names = "--exclude",
            paramLabel = "NAMES",
            converter = Patterns.class,
            description = "Not these collections.")
    private Patterns.Names exclude = Patterns.Names.NONE;

    CollectionSelection get() {
        return new CollectionSelection(only.patterns(), exclude.patterns());
    }

    /** An option without names, as an unset variable in a script produces it, must not mean all collections. */
    static final class Patterns implements ITypeConverter<Patterns.Names> {

        record Names(List<String> patterns) {

            static final Names NONE = new Names(List.of());
        }

        @Override
        public Names convert(String text) {
            List<String> patterns = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(pattern -> !pattern.isEmpty())
                    .toList();
            if (patterns.isEmpty()) {
                throw new TypeConversionException("it names no collection. Omit the option for all collections");
            }
            return new Names(patterns);
        }
    }
}
