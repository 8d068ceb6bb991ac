package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every verb, and the output of its report. */
final class Output {

    /** The output formats, as typed. */
    enum Format {
        text,
        json
    }

    @Option(
            names = {"-h", "--help"},
            order = 100,
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-v", "--verbose"},
            order = 101,
            description = "Show logs and stack traces, on standard error.")
    private boolean verbose;

    @Option(
            names = "--output",
            order = 102,
            paramLabel = "FORMAT",
            description = "text (default), or json: one document on standard output.")
    private @Nullable Format format;

    private final CommandSession session;

    Output(CommandSession session) {
        this.session = session;
    }

    CommandConsole console() {
        return session.console();
    }

    boolean isVerbose() {
        return session.verbose();
    }

    /** Prints a report in the requested format, and returns its exit code. */
    int print(Report report) {
        return session.print(report);
    }
}
