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

/** Where a command speaks and listens. */
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
     * @param out what the command was asked for goes here, and nothing else
     * @param err everything else goes here
     * @param in answers come from here
     * @param terminal whether a person sits there
     * @param ansi whether there may be colours
     */
    CommandConsole(PrintStream out, PrintStream err, BufferedReader in, boolean terminal, boolean ansi) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.terminal = terminal;
        this.ansi = ansi ? Ansi.ON : Ansi.OFF;
    }

    /**
     * Takes the standard output of the process for the command alone.
     *
     * <p>From now on {@code System.out} is the standard error, for everybody else: the logging of the application, which has
     * not been started yet, and whoever prints.
     */
    static CommandConsole ofProcess() {
        PrintStream out = System.out;
        System.setOut(System.err);
        boolean terminal = isTerminal();
        // picocli knows NO_COLOR, CLICOLOR and their relatives; a pipe is no place for colours whatever they say.
        return new CommandConsole(
                out,
                System.err,
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                terminal,
                terminal && Ansi.AUTO.enabled());
    }

    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console without a terminal too, and this method, which Java 17 does not know.
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

    boolean isATerminal() {
        return terminal;
    }

    Ansi ansi() {
        return ansi;
    }

    /** Whether somebody is being asked right now: then nothing has happened yet, and nothing needs to be waited for. */
    boolean isAsking() {
        return asking;
    }

    /** Shows lines that are not the output. */
    void show(List<String> lines) {
        lines.stream().map(Printable::line).forEach(err::println);
        err.flush();
    }

    /** Shows warnings, which are not the output. */
    void warn(List<String> warnings) {
        show(warnings.stream().map(warning -> "Warning: " + warning).toList());
    }

    /** Returns rows as the lines of a table, the first of them as its header. */
    List<String> table(List<List<String>> rows) {
        List<String> lines = new ArrayList<>(Texts.table(rows));
        lines.set(0, styled("bold", lines.get(0)));
        return lines;
    }

    /** Gives a text a colour, where there are any. */
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

    /** Asks a question whose answer nobody is to see, and returns it, or null at the end of the input. */
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
