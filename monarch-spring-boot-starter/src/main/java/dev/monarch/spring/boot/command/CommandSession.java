package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;

import dev.monarch.engine.Scrubbed;

/**
 * One run of a command, from the word {@code monarch} to the exit code.
 *
 * @param console its input and output
 * @param exit ends the process
 * @param json whether the output is one JSON document
 * @param verbose whether stack traces are shown
 * @param whole whether the whole application starts, whatever the verb needs
 */
record CommandSession(CommandConsole console, CommandExit exit, boolean json, boolean verbose, boolean whole) {

    /** In the bootstrap registry of a run that starts the whole application, because less was not enough. */
    private enum Whole {
        APPLICATION
    }

    private static final JsonWriterSettings JSON = JsonWriterSettings.builder()
            .outputMode(JsonMode.RELAXED)
            .indent(true)
            .build();

    /**
     * A console and an exit in the bootstrap registry override those of the process, so that a command can run within
     * another process.
     *
     * @param bootstrap the registry; not a supertype, for which Spring Boot 3 could not load the caller's class
     */
    static CommandSession of(CommandArguments arguments, ConfigurableBootstrapContext bootstrap) {
        CommandConsole given = bootstrap.getOrElse(CommandConsole.class, null);
        CommandExit exit = bootstrap.getOrElse(CommandExit.class, null);
        return new CommandSession(
                given != null ? given : CommandConsole.ofProcess(),
                exit != null ? exit : System::exit,
                arguments.wantJson(),
                arguments.wantVerbose(),
                bootstrap.isRegistered(Whole.class));
    }

    /** Makes the next run of an application this command again, on the whole application. */
    void runAgainOnWhole(SpringApplication application) {
        application.addBootstrapRegistryInitializer(registry -> {
            registry.register(CommandConsole.class, InstanceSupplier.of(console));
            registry.register(CommandExit.class, InstanceSupplier.of(exit));
            registry.register(Whole.class, InstanceSupplier.of(Whole.APPLICATION));
        });
    }

    /** Prints the report of a verb, and returns its exit code. */
    int print(Report report) {
        if (json) {
            print(report.json());
        } else {
            report.text().stream().map(Printable::line).forEach(console.out()::println);
        }
        console.out().flush();
        return report.exit().code();
    }

    /** Prints the explanation of a failure. */
    void print(Explanation explanation, Throwable failure) {
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
        // The driver's JSON writer is always on the class path; Jackson is not.
        console.out().println(document.toJson(JSON));
        console.out().flush();
    }

    /** Ends the process. If the caller continues, as in a test, the run is abandoned. */
    AbandonedRunException end(int code) {
        exit.with(code);
        return new AbandonedRunException();
    }
}
