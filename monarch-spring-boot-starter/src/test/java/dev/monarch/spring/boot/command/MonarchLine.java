package dev.monarch.spring.boot.command;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.List;

import picocli.CommandLine;

/** Monarch's picocli command line, for tests that only read options and help. */
public final class MonarchLine {

    private MonarchLine() {}

    public static CommandLine get() {
        return Verbs.of(session(), new ApplicationClass(null), List.of());
    }

    /** Prints nothing. */
    static CommandSession session() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        CommandConsole console =
                new CommandConsole(nowhere, nowhere, new BufferedReader(new StringReader("")), false, false);
        return new CommandSession(console, code -> {}, false, false, false);
    }

    /** The verbs in the order of the help, without aliases and without the verbs for shells. */
    static List<CommandLine> verbs() {
        return get().getSubcommands().values().stream()
                .filter(verb -> !verb.getCommandSpec().usageMessage().hidden())
                .distinct()
                .toList();
    }

    static List<String> names() {
        return verbs().stream().map(CommandLine::getCommandName).toList();
    }

    static CommandLine verb(String name) {
        return verbs().stream()
                .filter(verb -> verb.getCommandName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static String summary(CommandLine verb) {
        return verb.getCommandSpec().usageMessage().description()[0];
    }
}
