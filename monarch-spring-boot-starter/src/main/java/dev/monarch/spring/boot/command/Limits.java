package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.bson.Document;

import dev.monarch.transfer.TransferProgress.Limit;

/** Describes what limited a transfer. */
final class Limits {

    /** The smallest share that is worth a word. JSON has all. */
    private static final int WORTH_A_WORD = 5;

    private Limits() {}

    static List<String> lines(List<Limit> limits) {
        List<Limit> large =
                limits.stream().filter(limit -> limit.percent() >= WORTH_A_WORD).toList();
        return large.isEmpty()
                ? List.of()
                : List.of("Limited by: " + large.stream().map(Limit::toString).collect(Collectors.joining(", ")) + ".");
    }

    static List<Document> documents(List<Limit> limits) {
        return Report.each(
                limits,
                limit -> new Document("stage", limit.stage().name().toLowerCase(Locale.ROOT))
                        .append("percent", limit.percent()));
    }
}
