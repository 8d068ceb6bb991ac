package dev.monarch.spring.boot.command.library;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.monarch.spring.boot.command.MonarchCommand;

/** A verb of a library, outside of every package that the application scans. */
@Command(name = "greet", description = "Greets someone.")
class GreetCommand implements MonarchCommand {

    private final Environment properties;

    private final String greeting;

    @Spec
    private CommandSpec spec;

    @Option(names = "--whom", required = true, description = "Who is greeted.")
    private String whom;

    @Autowired
    GreetCommand(Environment properties) {
        this(properties, "hello");
    }

    GreetCommand(Environment properties, String greeting) {
        this.properties = properties;
        this.greeting = greeting;
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(greeting + " " + whom + properties.getProperty("library.mark", ""));
        return 0;
    }
}
