package dev.monarch.spring.boot.command.shelter;

import java.util.List;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.monarch.spring.boot.command.MonarchCommand;

@Component
@Command(name = "adopt", description = "Finds an animal a home.")
class AdoptCommand implements MonarchCommand {

    private final Environment properties;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Who is adopted.")
    private List<String> names;

    @Option(names = "--confirm", description = "Asks nothing.")
    private boolean confirm;

    @Option(names = "-v", description = "Its own, and not Monarch's.")
    private boolean vaccinated;

    @Option(names = "--output", description = "Its own, too.")
    private String output;

    /** Has an injected bean of the application. */
    AdoptCommand(Environment properties) {
        this.properties = properties;
    }

    @Override
    public Integer call() {
        System.out.println("this goes to standard error");
        spec.commandLine()
                .getOut()
                .println("adopted " + String.join(" and ", names)
                        + (confirm ? " for sure" : "")
                        + (vaccinated ? " vaccinated" : "")
                        + (output != null ? " as " + output : "")
                        + properties.getProperty("shelter.town", ""));
        return names.contains("none") ? 7 : 0;
    }
}
