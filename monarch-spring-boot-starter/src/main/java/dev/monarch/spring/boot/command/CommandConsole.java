package dev.monarch.spring.boot.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The input and output of a command. */
final class CommandConsole {

    private final PrintStream out;

    private final PrintStream err;

    private final BufferedReader in;

    private final boolean terminal;

    private final Ansi ansi;

    private volatile boolean asking;

    /**
     * Creates a console.
     *
     * @param out the result of the command, and nothing else
     * @param err all other output
     * @param in the user's answers
     * @param terminal whether a user can answer
     * @param ansi whether colours are possible
     */
    CommandConsole(PrintStream out, PrintStream err, BufferedReader in, boolean terminal, boolean ansi) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.terminal = terminal;
        this.ansi = ansi ? Ansi.ON : Ansi.OFF;
    }

    /**
     * Reserves the standard output of the process for the command.
     *
     * <p>From now on {@code System.out} is standard error for all other code: the application's logging, which has not
     * started yet, and everything that prints.
     */
    static CommandConsole ofProcess() {
        PrintStream out = System.out;
        System.setOut(System.err);
        boolean terminal = findTerminal();
        // picocli reads NO_COLOR, CLICOLOR and similar variables. In a pipe there are no colours, whatever they say.
        return new CommandConsole(
                out,
                System.err,
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                terminal,
                terminal && Ansi.AUTO.enabled());
    }

    private static boolean findTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 a console may exist without a terminal. Java 17 does not have this method.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean isTerminal() {
        return terminal;
    }

    Ansi ansi() {
        return ansi;
    }

    /** Returns whether the user has yet to answer a question. Nothing has happened then, so a shutdown need not wait. */
    boolean isAsking() {
        return asking;
    }

    /** Shows lines that are not part of the result. */
    void show(List<String> lines) {
        lines.stream().map(Printable::line).forEach(err::println);
        err.flush();
    }

    /** Shows warnings, which are not part of the result. */
    void warn(List<String> warnings) {
        show(warnings.stream().map(warning -> "Warning: " + warning).toList());
    }

    /** Returns rows as the lines of a table, the first of them as its header. */
    List<String> table(List<List<String>> rows) {
        List<String> lines = new ArrayList<>(Texts.table(rows));
        lines.set(0, styled("bold", lines.get(0)));
        return lines;
    }

    /** Colours a text, if colours are possible. */
    String styled(String style, String text) {
        return ansi.enabled() ? ansi.string("@|" + style + " " + text + "|@") : text;
    }

    /** Asks a question and returns the answer, or null at the end of the input. */
    @Nullable
    String ask(String question) {
        err.print(question + " ");
        err.flush();
        asking = true;
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            asking = false;
        }
    }

    /** Asks a question, hides what the user types, and returns the answer; null at the end of the input. */
    @Nullable
    String askHidden(String question) {
        Console console = System.console();
        if (console == null) {
            return ask(question);
        }
        asking = true;
        try {
            char[] answer = console.readPassword("%s ", question);
            return answer == null ? null : new String(answer);
        } finally {
            asking = false;
        }
    }
}
