package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The timestamp at the start of a generated id. */
final class MigrationStamp {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private MigrationStamp() {}

    /** Returns the timestamp of an instant, or the next one that no migration in the directory uses. */
    static String next(Instant moment, Path directory) {
        List<String> sources = sourcesIn(directory);
        Instant candidate = moment;
        while (isTaken(STAMP.format(candidate), sources)) {
            candidate = candidate.plusSeconds(1);
        }
        return STAMP.format(candidate);
    }

    private static boolean isTaken(String stamp, List<String> sources) {
        return sources.stream().anyMatch(source -> source.contains('"' + stamp + '-'));
    }

    private static List<String> sourcesIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Project::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
