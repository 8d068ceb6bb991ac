package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.bootstrap.BootstrapContext;

import dev.monarch.spring.boot.advice.Scrubbed;

/**
 * One command from the word {@code monarch} to the exit code.
 *
 * @param console where it speaks
 * @param exit how it ends the process
 * @param json whether it is to say everything in one document
 * @param verbose whether it is to show stack traces
 */
record CommandSession(CommandConsole console, CommandExit exit, boolean json, boolean verbose) {

    private static final JsonWriterSettings JSON = JsonWriterSettings.builder()
            .outputMode(JsonMode.RELAXED)
            .indent(true)
            .build();

    /** What the bootstrap registry holds of these comes before the process's own: a command need not own its process. */
    static CommandSession of(CommandArguments arguments, BootstrapContext bootstrap) {
        CommandConsole given = bootstrap.getOrElse(CommandConsole.class, null);
        CommandExit exit = bootstrap.getOrElse(CommandExit.class, null);
        return new CommandSession(
                given != null ? given : CommandConsole.ofProcess(),
                exit != null ? exit : System::exit,
                arguments.wantJson(),
                arguments.wantMore());
    }

    /** Says what a verb has to say, and returns its exit code. */
    int say(Report report) {
        if (json) {
            print(report.json());
        } else {
            report.text().stream().map(Printable::line).forEach(console.out()::println);
        }
        console.out().flush();
        return report.exit().code();
    }

    /** Says what went wrong. */
    void say(Explanation explanation, Throwable failure) {
        console.err().println(console.styled("red", explanation.line()));
        if (verbose) {
            console.err().print(Scrubbed.stackTrace(failure));
        }
        if (json) {
            print(new Document("error", explanation.line())
                    .append("exitCode", explanation.exitCode().code()));
        }
        console.err().flush();
    }

    private void print(Document document) {
        // The driver's writer is on the class path of every application with MongoDB; Jackson is not.
        console.out().println(document.toJson(JSON));
        console.out().flush();
    }

    /** Ends the process; for a caller that goes on all the same, as a test's may, the run is abandoned. */
    AbandonedRunException end(int code) {
        exit.with(code);
        return new AbandonedRunException();
    }
}
