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

    /** An option without a name, as an unset variable of a script makes it, must not mean everything. */
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
                throw new TypeConversionException("it names no collection; leave it out if all are meant");
            }
            return new Names(patterns);
        }
    }
}
