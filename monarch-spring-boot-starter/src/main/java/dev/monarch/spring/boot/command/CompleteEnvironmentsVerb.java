package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

import dev.monarch.spring.boot.autoconfigure.EnvironmentInPlace;

/** Prints the names of environments for shell completion. It reads only the application's properties. */
@Command(name = "complete-environments", hidden = true, description = "Print the names of environments.")
final class CompleteEnvironmentsVerb extends VerbInContext {

    private final ConfigurableApplicationContext context;

    CompleteEnvironmentsVerb(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    boolean needsBeans() {
        return false;
    }

    @Override
    Report run() {
        List<String> names = List.copyOf(EnvironmentInPlace.known(context.getEnvironment()));
        return Report.done(names, new Document("environments", names));
    }
}
