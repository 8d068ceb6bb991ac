package dev.monarch.spring.boot.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.migration.MigrationStatus;

/** The migrations and backfills of an environment, in the order of their ids, one line for each, with details below. */
final class StatusTable {

    private final CommandConsole console;

    private final boolean stacks;

    /** A line, and what is below it. */
    private record Entry(List<String> cells, String colour, List<String> notes) {}

    StatusTable(CommandConsole console, boolean stacks) {
        this.console = console;
        this.stacks = stacks;
    }

    List<String> of(List<MigrationStatus> migrations, List<BackfillStatus> backfills) {
        List<Entry> entries = Stream.concat(
                        migrations.stream().map(this::entry), backfills.stream().map(StatusTable::entry))
                .sorted(Comparator.comparing(entry -> entry.cells().get(0), NaturalOrder.INSTANCE))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                backfills.isEmpty() ? "MIGRATION" : "MIGRATION OR BACKFILL", "STATUS", "WHEN", "TOOK", "ATTEMPTS"));
        entries.forEach(entry -> rows.add(entry.cells()));
        List<String> table = console.table(rows);
        List<String> lines = new ArrayList<>();
        lines.add(table.get(0));
        for (int i = 0; i < entries.size(); i++) {
            lines.add(console.styled(entries.get(i).colour(), table.get(i + 1)));
            lines.addAll(entries.get(i).notes());
        }
        return lines;
    }

    private Entry entry(MigrationStatus migration) {
        List<String> notes = new ArrayList<>();
        note(notes, "error", stacks && migration.stack() != null ? migration.stack() : migration.error());
        note(notes, "reason", migration.reason());
        return new Entry(
                List.of(
                        migration.id(),
                        word(migration),
                        Texts.time(migration.at()),
                        Texts.duration(migration.elapsed()),
                        migration.attempts() == 0 ? "-" : Integer.toString(migration.attempts())),
                colour(migration),
                notes);
    }

    private static Entry entry(BackfillStatus backfill) {
        List<String> notes = new ArrayList<>();
        note(notes, "error", backfill.error());
        Instant started = backfill.startedAt();
        Instant finished = backfill.finishedAt();
        return new Entry(
                List.of(
                        backfill.id(),
                        "BACKFILL " + backfill.state().name()
                                + (backfill.state() == State.RUNNING
                                        ? " " + (int) (backfill.progress().share() * 100) + " %"
                                        : ""),
                        Texts.time(finished != null ? finished : started),
                        Texts.duration(
                                started != null && finished != null ? Duration.between(started, finished) : null),
                        "-"),
                BackfillTexts.colour(backfill.state()),
                notes);
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
