package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** The value of an option that is one of a few words. */
final class Choice {

    private Choice() {}

    /** The words there are, in the help's way: {@code zstd|gzip|none}. */
    static <E extends Enum<E>> String label(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choice::word).collect(Collectors.joining("|"));
    }

    static <E extends Enum<E>> E of(Arguments arguments, String option, Class<E> type, E otherwise) {
        String given = arguments.option(option);
        if (given == null) {
            return otherwise;
        }
        @Nullable
        E found = Arrays.stream(type.getEnumConstants())
                .filter(each -> word(each).equals(given.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
        if (found == null) {
            throw new CommandException(
                    ExitCode.WRONG_USE, option + " is " + label(type).replace("|", " or ") + ", not '" + given + "'.");
        }
        return found;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
