package dev.monarch.spring.boot.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** The width of the terminal in characters. */
final class TerminalWidth {

    private static final int DEFAULT_WIDTH = 80;

    private static final int MIN_WIDTH = 20;

    private TerminalWidth() {}

    static int find() {
        Integer width = number(System.getenv("COLUMNS"));
        if (width == null) {
            width = askTerminal();
        }
        return width == null ? DEFAULT_WIDTH : Math.max(MIN_WIDTH, width);
    }

    /** Asks stty, because Java has no API for the width. */
    private static @Nullable Integer askTerminal() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            process.waitFor(1, TimeUnit.SECONDS);
            return number(answer.substring(answer.indexOf(' ') + 1));
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static @Nullable Integer number(@Nullable String text) {
        if (text == null || !text.strip().matches("[1-9][0-9]{0,4}")) {
            return null;
        }
        return Integer.valueOf(text.strip());
    }
}
