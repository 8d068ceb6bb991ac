package dev.monarch.spring.boot.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Formats times, lengths and tables. */
final class Texts {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int BAR = 20;

    private static final String UNITS = "kMGTP";

    private Texts() {}

    static String time(@Nullable Instant at) {
        return at != null ? TIME.format(at) : "-";
    }

    static String duration(@Nullable Duration elapsed) {
        if (elapsed == null) {
            return "-";
        }
        if (elapsed.toSeconds() < 1) {
            return elapsed.toMillis() + " ms";
        }
        if (elapsed.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
        }
        return elapsed.toMinutes() + " min " + elapsed.toSecondsPart() + " s";
    }

    /** For example {@code 12.3 MB}; a kilobyte has 1,000 bytes. */
    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1_000 && unit < UNITS.length() - 1) {
            size /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", size, UNITS.charAt(unit));
    }

    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** For example {@code 2-houses [#####---------------] 25 % 500 of 2000: weighing}. */
    static String progress(String id, long done, long total, String message) {
        StringBuilder text = new StringBuilder(id);
        if (total > 0) {
            text.append(" ").append(bar((double) done / total)).append(" ");
            text.append(done * 100 / total)
                    .append(" % ")
                    .append(done)
                    .append(" of ")
                    .append(total);
        } else {
            text.append(" ").append(done).append(" done");
        }
        return text.append(message.isEmpty() ? "" : ": " + message).toString();
    }

    /** For example {@code [#####---------------]}. */
    static String bar(double share) {
        int filled = (int) Math.min(BAR, Math.max(0, share * BAR));
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
    }

    /** Formats columns, two spaces apart and only as wide as necessary. Each row is one line, whatever it contains. */
    static List<String> table(List<List<String>> cells) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().map(Printable::name).toList())
                .toList();
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                if (column == widths.size()) {
                    widths.add(0);
                }
                widths.set(column, Math.max(widths.get(column), row.get(column).length()));
            }
        }
        return rows.stream()
                .map(row -> line(row, Collections.unmodifiableList(widths)))
                .toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
