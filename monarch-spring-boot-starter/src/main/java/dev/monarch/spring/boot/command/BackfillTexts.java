package dev.monarch.spring.boot.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.BackfillProgress;
import dev.monarch.backfill.BackfillStatus.SetAsideDocument;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.Rate;

/** Shows backfills, as text and as JSON. */
final class BackfillTexts {

    private static final int MOST_SET_ASIDE = 20;

    private BackfillTexts() {}

    static List<String> table(List<BackfillStatus> backfills, CommandConsole console) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("BACKFILL", "STATUS", "PROGRESS", "PASS", "RATE", "LEFT", "SET ASIDE"));
        backfills.forEach(backfill -> rows.add(List.of(
                backfill.id(),
                backfill.state().name(),
                bar(backfill),
                backfill.progress().pass() == 0
                        ? "-"
                        : Integer.toString(backfill.progress().pass()),
                rate(backfill),
                backfill.state() == State.RUNNING
                        ? Texts.duration(backfill.progress().remaining())
                        : "-",
                Long.toString(backfill.progress().setAside()))));
        List<String> table = console.table(rows);
        List<String> lines = new ArrayList<>();
        lines.add(table.get(0));
        for (int i = 0; i < backfills.size(); i++) {
            BackfillStatus backfill = backfills.get(i);
            lines.add(console.styled(colour(backfill.state()), table.get(i + 1)));
            if (backfill.error() != null) {
                lines.add("    error: "
                        + String.join(" ", backfill.error().lines().toList()));
            }
        }
        return lines;
    }

    private static String bar(BackfillStatus backfill) {
        double share = backfill.state() == State.DONE ? 1 : backfill.progress().share();
        return Texts.bar(share) + " " + (int) (share * 100) + " %";
    }

    private static String rate(BackfillStatus backfill) {
        return backfill.state() == State.RUNNING
                ? String.format(Locale.ROOT, "%.0f/s", backfill.progress().documentsPerSecond())
                : "-";
    }

    static String colour(State state) {
        return switch (state) {
            case DONE -> "green";
            case FAILED -> "red";
            case PENDING, RUNNING, PAUSED, UNDONE -> "yellow";
        };
    }

    /** Returns the documents that a backfill could not change, the oldest first. */
    static List<String> setAside(String id, List<SetAsideDocument> documents) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Backfill '" + id + "' has set aside " + Texts.count(documents.size(), "document") + ":");
        documents.stream()
                .limit(MOST_SET_ASIDE)
                .map(document ->
                        "    " + new BsonDocument("_id", document.document()).toJson() + ": " + document.error())
                .forEach(lines::add);
        if (documents.size() > MOST_SET_ASIDE) {
            lines.add("    and " + (documents.size() - MOST_SET_ASIDE) + " more");
        }
        return lines;
    }

    static Document document(BackfillStatus backfill) {
        BackfillProgress progress = backfill.progress();
        Rate rate = backfill.rate();
        Duration left = progress.remaining();
        return new Document("id", backfill.id())
                .append("state", backfill.state().name())
                .append("collection", backfill.collection())
                .append("pass", progress.pass())
                .append("examined", progress.examined())
                .append("total", progress.total())
                .append("changed", progress.done())
                .append("setAside", progress.setAside())
                .append("documentsPerSecond", progress.documentsPerSecond())
                .append("leftSeconds", left != null ? left.toSeconds() : null)
                .append("dutyCycle", rate.dutyCycle())
                .append("maxDocumentsPerSecond", rate.documentsPerSecond())
                .append("host", backfill.host())
                .append("started", text(backfill.startedAt()))
                .append("finished", text(backfill.finishedAt()))
                .append("error", backfill.error());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at != null ? at.toString() : null;
    }
}
