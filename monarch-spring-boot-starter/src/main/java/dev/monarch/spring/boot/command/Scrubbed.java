package dev.monarch.spring.boot.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;

/** Texts of others without the credentials that they may quote: the driver does, of a connection string it cannot read. */
final class Scrubbed {

    private static final Pattern CREDENTIALS = Pattern.compile("//\\S*@");

    private Scrubbed() {}

    static String text(String text) {
        return CREDENTIALS.matcher(text).replaceAll("//***@");
    }

    /** What a failure is about: messages of others may have many lines. */
    static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        List<String> lines = message != null ? message.strip().lines().toList() : List.of();
        return lines.isEmpty() ? failure.getClass().getSimpleName() : text(lines.get(0));
    }

    static String stackTrace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return text(trace.toString());
    }
}
