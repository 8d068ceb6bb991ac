package dev.monarch.queryset;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Converts the values of a parameter from and to strings.
 *
 * @param type a description of the values
 * @param parser parses a string
 * @param writer formats a value for the parser
 */
record Notation<T>(String type, Function<String, T> parser, Function<T, String> writer) {

    private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";

    /** {@return the notation of a comma-separated list of these values} */
    Notation<List<T>> list() {
        return new Notation<>(
                "a list, separated by commas, each " + type,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(parser)
                        .toList(),
                values -> values.stream().map(writer).collect(Collectors.joining(",")));
    }

    static Boolean yesOrNo(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    static Instant moment(String text) {
        return text.strip().matches(DATE)
                ? LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text.strip()).toInstant();
    }
}
