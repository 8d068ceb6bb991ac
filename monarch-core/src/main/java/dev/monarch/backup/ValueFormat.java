package dev.monarch.backup;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/**
 * The JSON format of one value of a manifest.
 *
 * @param <T> the value
 */
interface ValueFormat<T> {

    ValueFormat<String> TEXT = of(ManifestOutput::text, ManifestFields::optionalText);

    ValueFormat<Long> NUMBER = of(ManifestOutput::number, ManifestFields::optionalNumber);

    ValueFormat<Boolean> FLAG = of(ManifestOutput::flag, ManifestFields::optionalFlag);

    ValueFormat<List<String>> TEXTS = of(ManifestOutput::texts, ManifestFields::optionalTexts);

    ValueFormat<BsonTimestamp> TIME = of(ManifestOutput::time, ManifestFields::time);

    ValueFormat<Instant> INSTANT = words(Instant::toString, Instant::parse);

    ValueFormat<Consistency> CONSISTENCY = words(
            consistency -> consistency.name().toLowerCase(Locale.ROOT),
            word -> Consistency.valueOf(word.toUpperCase(Locale.ROOT)));

    ValueFormat<ReadReport.AchievedConsistency> ACHIEVED_CONSISTENCY = words(
            ReadReport.AchievedConsistency::toString,
            word -> Stream.of(ReadReport.AchievedConsistency.values())
                    .filter(consistency -> consistency.toString().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not a consistency")));

    void write(ManifestOutput json, String name, T value);

    /** Returns the value, or null if the field is missing or is of another type. */
    @Nullable
    T read(ManifestFields fields, String name);

    /** Writes a named value. */
    @FunctionalInterface
    interface Writer<T> {
        void write(ManifestOutput json, String name, T value);
    }

    /** Reads a named value. */
    @FunctionalInterface
    interface Reader<T> {
        @Nullable
        T read(ManifestFields fields, String name);
    }

    static <T> ValueFormat<T> of(Writer<T> writer, Reader<T> reader) {
        return new ValueFormat<>() {

            @Override
            public void write(ManifestOutput json, String name, T value) {
                writer.write(json, name, value);
            }

            @Override
            public @Nullable T read(ManifestFields fields, String name) {
                return reader.read(fields, name);
            }
        };
    }

    private static <T> ValueFormat<T> words(Function<T, String> write, Function<String, T> read) {
        return of((json, name, value) -> json.text(name, write.apply(value)), (fields, name) -> {
            String word = fields.optionalText(name);
            return word == null ? null : read.apply(word);
        });
    }
}
