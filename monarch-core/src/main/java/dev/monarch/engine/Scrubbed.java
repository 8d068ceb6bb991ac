package dev.monarch.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes credentials from the texts of other libraries. For example, the driver quotes a connection string that it
 * cannot parse.
 */
public final class Scrubbed {

    private static final Pattern CREDENTIALS = Pattern.compile("//\\S*@");

    private Scrubbed() {}

    /**
     * Removes credentials from a text.
     *
     * @param text the text
     * @return the text, with {@code ***} instead of the characters between {@code //} and {@code @}
     */
    public static String text(String text) {
        return CREDENTIALS.matcher(text).replaceAll("//***@");
    }

    /**
     * Returns the first line of a failure's message.
     *
     * @param failure the failure
     * @return the line, or the name of the failure's type if it has no message
     */
    public static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        List<String> lines = message != null ? message.strip().lines().toList() : List.of();
        return lines.isEmpty() ? failure.getClass().getSimpleName() : text(lines.get(0));
    }

    /**
     * Returns the stack trace of a failure.
     *
     * @param failure the failure
     * @return the stack trace, without credentials
     */
    public static String stackTrace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return text(trace.toString());
    }
}
