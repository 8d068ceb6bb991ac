package dev.monarch.spring.boot.command.shelter;

import java.util.concurrent.Callable;

import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import dev.monarch.spring.boot.command.MonarchCommand;

/** A verb with a subcommand, into which Spring injects a bean, too. */
@Command(name = "feed", description = "Feeds somebody.", subcommands = FeedCommand.Cat.class)
class FeedCommand implements MonarchCommand {

    @Override
    public Integer call() {
        return 8;
    }

    @Command(name = "cat", description = "Feeds the cat.")
    static class Cat implements Callable<Integer> {

        private final Environment properties;

        @Spec
        private CommandSpec spec;

        Cat(Environment properties) {
            this.properties = properties;
        }

        @Override
        public Integer call() {
            spec.commandLine().getOut().println("the cat eats " + properties.getProperty("shelter.food"));
            return 9;
        }
    }
}
