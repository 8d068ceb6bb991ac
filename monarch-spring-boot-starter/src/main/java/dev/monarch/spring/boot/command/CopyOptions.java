package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import dev.monarch.copy.CopyRequest;
import dev.monarch.replacement.ReplacementRequest.CollectionRename;

/** The options of a copy. */
final class CopyOptions {

    @Option(
            names = "--rename",
            paramLabel = "FROM=TO,…",
            converter = Renames.class,
            description = "Rename collections in the target. A * means the same text in both names.")
    private Renames.Chosen renames = new Renames.Chosen(List.of());

    @Option(
            names = "--max-rate",
            paramLabel = "SIZE",
            converter = Rate.class,
            description = "Maximum number of bytes read per second, for example 20MB.")
    private @Nullable DataSize maxRate;

    @Option(
            names = "--workers",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Number of collections to read at the same time. Default: 4.")
    private @Nullable Integer workers;

    @Option(
            names = "--read-from",
            paramLabel = "MODE",
            converter = Members.class,
            description = "Read preference: primary (default), secondary, …")
    private ReadPreference members = ReadPreference.primary();

    ReadPreference members() {
        return members;
    }

    CopyRequest applyTo(CopyRequest request) {
        CopyRequest asked = request.renaming(renames.all()).atMost(maxRate).readingFrom(members);
        return workers != null ? asked.workers(workers) : asked;
    }

    /** Parses new names of collections. */
    static final class Renames implements ITypeConverter<Renames.Chosen> {

        record Chosen(List<CollectionRename> all) {}

        @Override
        public Chosen convert(String text) {
            return new Chosen(
                    Arrays.stream(text.split(",", -1)).map(Renames::rename).toList());
        }

        private static CollectionRename rename(String text) {
            String[] names = text.strip().split("=", -1);
            if (names.length != 2) {
                throw new TypeConversionException("'" + text + "' is not FROM=TO, for example dogs=hounds");
            }
            try {
                return new CollectionRename(names[0].strip(), names[1].strip());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Parses a number of bytes per second. */
    static final class Rate implements ITypeConverter<DataSize> {

        @Override
        public DataSize convert(String text) {
            try {
                DataSize rate = DataSize.parse(text.toUpperCase(Locale.ROOT));
                if (rate.toBytes() > 0) {
                    return rate;
                }
            } catch (IllegalArgumentException e) {
                // The exception below explains the format.
            }
            throw new TypeConversionException("'" + text + "' is not a size, for example 20MB");
        }
    }

    /** Parses a read preference. */
    static final class Members implements ITypeConverter<ReadPreference> {

        @Override
        public ReadPreference convert(String text) {
            try {
                return ReadPreference.valueOf(text.replace("-", ""));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not primary, primary-preferred, secondary, secondary-preferred or nearest");
            }
        }
    }
}
