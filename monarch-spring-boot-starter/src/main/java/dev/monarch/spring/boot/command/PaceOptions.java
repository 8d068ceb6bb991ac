package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import dev.monarch.transfer.Pace;

/** The options for the pace of every verb that moves data. What is not given is decided by the properties. */
final class PaceOptions {

    @Option(
            names = "--pace",
            paramLabel = "full|gentle|SIZE",
            converter = Paces.class,
            description =
                    "full (default): as fast as possible. gentle: leave room for an application. 20MB: full, with a --max-rate.")
    private Pace pace = Pace.DEFAULT;

    @Option(
            names = "--max-rate",
            paramLabel = "SIZE",
            converter = Rates.class,
            description = "Maximum number of bytes per second, for example 20MB.")
    private @Nullable DataSize maxRate;

    Pace get() {
        return maxRate != null ? pace.atMost(maxRate) : pace;
    }

    /** Parses a pace. */
    static final class Paces implements ITypeConverter<Pace> {

        @Override
        public Pace convert(String text) {
            try {
                return Pace.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Parses a number of bytes per second. */
    static final class Rates implements ITypeConverter<DataSize> {

        @Override
        public DataSize convert(String text) {
            try {
                return Pace.rate(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
