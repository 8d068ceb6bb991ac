package dev.monarch.spring.boot.command;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats names and messages for one line of a terminal.
 *
 * <p>The name of a collection may contain a line break or a control sequence. Such characters are escaped. JSON has its
 * own escapes.
 */
final class Printable {

    /** Control characters, and those that break a line or change its direction. */
    private static final String UNPRINTABLE = "[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]";

    private static final Pattern CHARACTER = Pattern.compile(UNPRINTABLE);

    /** Keeps the colours of Monarch's own lines. */
    private static final Pattern CHARACTER_OR_COLOUR = Pattern.compile("\\u001b\\[[0-9;]*m|" + UNPRINTABLE);

    private Printable() {}

    static String name(String text) {
        return CHARACTER.matcher(text).replaceAll(Printable::escape);
    }

    static String line(String text) {
        return CHARACTER_OR_COLOUR
                .matcher(text)
                .replaceAll(match -> match.group().length() > 1 ? quoted(match.group()) : escape(match));
    }

    private static String escape(MatchResult match) {
        char character = match.group().charAt(0);
        return quoted(
                switch (character) {
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    default -> String.format("\\u%04x", (int) character);
                });
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }
}
