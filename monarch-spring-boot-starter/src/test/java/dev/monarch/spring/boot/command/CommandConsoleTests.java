package dev.monarch.spring.boot.command;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationReport.AppliedMigration;

import static org.assertj.core.api.Assertions.assertThat;

class CommandConsoleTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void coloursAreUsedOnlyIfAllowed() {
        assertThat(console(true, true).styled("red", "failed")).isEqualTo("\u001b[31mfailed\u001b[39m\u001b[0m");
        assertThat(console(true, false).styled("red", "failed")).isEqualTo("failed");
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, false, false"})
    void linesAreRedrawnOnlyOnATerminal(boolean terminal, boolean ansi, boolean changes) {
        CommandConsole console = console(terminal, ansi);
        ProgressLines lines = new ProgressLines(console, console.out());
        lines.onEvent(new MigrationEvent.Progress("default", "2-houses", 500, 2000, "weighing"));
        lines.onEvent(new MigrationEvent.Progress("default", "2-houses", 501, 2000, "weighing"));
        lines.onEvent(
                new MigrationEvent.Applied("default", new AppliedMigration("2-houses", 2, Duration.ofMillis(1234))));
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("2-houses [#####---------------] 25 % 500 of 2000: weighing")
                .doesNotContain("501");
        assertThat(text.contains("\r")).isEqualTo(changes);
        assertThat(text.contains("\u001b")).isEqualTo(changes);
        assertThat(text).contains(" in 1.2 s (attempt 2)\n");
    }

    @Test
    void columnsAreAsWideAsTheirContent() {
        assertThat(Texts.table(List.of(List.of("A", "LONG", "C"), List.of("longer", "b", "c"))))
                .containsExactly("A       LONG  C", "longer  b     c");
    }

    private CommandConsole console(boolean terminal, boolean ansi) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new CommandConsole(stream, stream, new BufferedReader(new StringReader("")), terminal, ansi);
    }
}
