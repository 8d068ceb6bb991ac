package dev.monarch.spring.boot.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number from 1 on. */
final class PositiveNumber implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new TypeConversionException("'" + text + "' is not a number from 1 on");
        }
        return Integer.valueOf(text);
    }
}
