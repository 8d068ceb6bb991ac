package dev.monarch.spring.boot.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What is copied where, as it is typed: {@code FROM:TO}.
 *
 * @param from the environment that is read
 * @param to the environment whose data is replaced
 */
record FromAndTo(String from, String to) {

    /** Reads it. */
    static final class Converter implements ITypeConverter<FromAndTo> {

        @Override
        public FromAndTo convert(String word) {
            String[] names = word.split(":", -1);
            if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
                throw new TypeConversionException(
                        "'" + word + "' does not say what to copy where, as production:development does");
            }
            return new FromAndTo(names[0], names[1]);
        }
    }
}
