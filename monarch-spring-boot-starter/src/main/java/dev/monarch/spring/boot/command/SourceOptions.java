package dev.monarch.spring.boot.command;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import dev.monarch.transfer.Pace;

/** The options for the pace of verbs that read a database. */
final class SourceOptions {

    @Mixin
    private WorkerOptions workers;

    @Option(
            names = "--read-from",
            paramLabel = "MODE",
            converter = Members.class,
            description = "Read preference: primary (default), secondary, …")
    private @Nullable ReadPreference member;

    Pace get() {
        return workers.get().readingFrom(member);
    }

    /** Parses a read preference. */
    static final class Members implements ITypeConverter<ReadPreference> {

        @Override
        public ReadPreference convert(String text) {
            try {
                return Pace.member(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
