package dev.monarch.spring.boot.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The source and the target of a copy, as typed: {@code FROM:TO}.
 *
 * @param from the source environment
 * @param to the target environment, whose data is replaced
 */
record SourceAndTarget(String from, String to) {

    /** Parses it. */
    static final class Converter implements ITypeConverter<SourceAndTarget> {

        @Override
        public SourceAndTarget convert(String word) {
            String[] names = word.split(":", -1);
            if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
                throw new TypeConversionException("'" + word + "' is not FROM:TO, for example production:development");
            }
            return new SourceAndTarget(names[0], names[1]);
        }
    }
}
