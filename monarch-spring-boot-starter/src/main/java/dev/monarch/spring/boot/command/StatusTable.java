package dev.monarch.spring.boot.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.migration.MigrationStatus;

/** The migrations of an environment, one line for each, with details below. */
final class StatusTable {

    private StatusTable() {}

    static List<String> of(List<MigrationStatus> migrations, CommandConsole console, boolean stacks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("MIGRATION", "STATUS", "WHEN", "TOOK", "ATTEMPTS"));
        migrations.forEach(migration -> rows.add(List.of(
                migration.id(),
                word(migration),
                Texts.time(migration.at()),
                Texts.duration(migration.elapsed()),
                migration.attempts() == 0 ? "-" : Integer.toString(migration.attempts()))));
        List<String> table = console.table(rows);
        List<String> lines = new ArrayList<>();
        lines.add(table.get(0));
        for (int i = 0; i < migrations.size(); i++) {
            MigrationStatus migration = migrations.get(i);
            lines.add(console.styled(colour(migration), table.get(i + 1)));
            note(lines, "error", stacks && migration.stack() != null ? migration.stack() : migration.error());
            note(lines, "reason", migration.reason());
        }
        return lines;
    }

    static Document document(MigrationStatus migration) {
        return new Document("id", migration.id())
                .append("state", migration.state().name())
                .append("pending", migration.isPending())
                .append("at", text(migration.at()))
                .append("tookMillis", millis(migration.elapsed()))
                .append("attempts", migration.attempts())
                .append("host", migration.host())
                .append("error", migration.error())
                .append("stack", migration.stack())
                .append("reason", migration.reason());
    }

    private static void note(List<String> lines, String title, @Nullable String text) {
        if (text != null) {
            // An error message may have several lines, which must not look like rows.
            List<String> said = text.lines().toList();
            lines.add("    " + title + ": " + (said.isEmpty() ? "" : said.get(0)));
            said.stream().skip(1).forEach(line -> lines.add("      " + line));
        }
    }

    private static String word(MigrationStatus migration) {
        return migration.state().name().replace('_', ' ');
    }

    private static String colour(MigrationStatus migration) {
        return switch (migration.state()) {
            case APPLIED, IGNORED, ELSEWHERE -> "green";
            case FAILED, ROLLING_BACK, MISSING -> "red";
            case PENDING, RUNNING, CHANGED, INTERRUPTED, ROLLED_BACK -> "yellow";
        };
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at != null ? at.toString() : null;
    }

    private static @Nullable Long millis(@Nullable Duration elapsed) {
        return elapsed != null ? elapsed.toMillis() : null;
    }
}
