package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.engine.environment.NearestNames;

/** A verb that Monarch does not know, and the application may. */
final class ApplicationVerb implements Verb.InContext {

    private final String name;

    private final List<String> words;

    private final Verbs verbs;

    ApplicationVerb(String name, List<String> words, Verbs verbs) {
        this.name = name;
        this.words = List.copyOf(words);
        this.verbs = verbs;
    }

    @Override
    public VerbDescription description() {
        return new VerbDescription(name, List.of(), "", List.of(), List.of());
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) throws Exception {
        int exit = find(name, beans, verbs).run(new CommandContext(words, console.out()));
        console.out().flush();
        return Report.silent(exit);
    }

    /** What is said of the name if the application could not be asked. */
    CommandException unknown(List<String> ofTheApplication) {
        return unknown(name, ofTheApplication, verbs);
    }

    static Stream<MonarchCommand> commandsIn(ListableBeanFactory beans) {
        return beans.getBeanProvider(MonarchCommand.class).orderedStream();
    }

    static MonarchCommand find(String name, ListableBeanFactory beans, Verbs verbs) {
        List<MonarchCommand> commands = commandsIn(beans).toList();
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        name, commands.stream().map(MonarchCommand::name).toList(), verbs));
    }

    private static CommandException unknown(String name, List<String> ofTheApplication, Verbs verbs) {
        List<String> all = new ArrayList<>(verbs.names());
        all.addAll(ofTheApplication);
        return new CommandException(
                ExitCode.WRONG_USE,
                "There is no verb '" + name + "'." + NearestNames.question(name, all) + " 'monarch help' lists them.");
    }
}
