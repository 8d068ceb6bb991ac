package dev.monarch.spring.boot.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --output}. */
final class OutputFormat implements ITypeConverter<String> {

    @Override
    public String convert(String value) {
        if (!value.equals("text") && !value.equals("json")) {
            throw new TypeConversionException("it is '" + value + "', and must be text or json");
        }
        return value;
    }
}
