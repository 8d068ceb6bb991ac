package dev.monarch.engine.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Only the history package knows the fields of its documents. Reads the sources, because constants are inlined. */
class HistorySchemaTests {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Fields that no other document is likely to have, unlike {@code version} or {@code host}. */
    private static final List<String> FIELDS = List.of(
            HistoryDocument.STATE,
            HistoryDocument.ATTEMPTS,
            HistoryDocument.STARTED_AT,
            HistoryDocument.FINISHED_AT,
            HistoryDocument.MILLIS,
            HistoryDocument.SEQUENCE,
            HistoryDocument.CHECKPOINT,
            HistoryDocument.TRAIL);

    /** Other documents with a field of the same name. An outdated entry fails the test. */
    private static final Map<String, Set<String>> OTHER_DOCUMENTS = Map.of(
            "BackfillRecord.java",
                    Set.of(HistoryDocument.STATE, HistoryDocument.STARTED_AT, HistoryDocument.FINISHED_AT),
            "Journal.java", Set.of(HistoryDocument.STATE),
            "HistoryFormat.java", Set.of(HistoryDocument.STATE, "APPLIED", "FAILED", "IGNORED", "ROLLED_BACK"),
            "ScheduleEntry.java", Set.of(HistoryDocument.STATE, HistoryDocument.ATTEMPTS),
            "ScheduleLedger.java", Set.of(HistoryDocument.STATE, HistoryDocument.ATTEMPTS));

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** A record that checks its components names them, whatever the history calls its fields. */
    private static final Pattern CHECK = Pattern.compile("Checks\\.\\w+\\(\\s*\"\\w+\"");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)//.*$", Pattern.DOTALL);

    private static final Pattern OPENED = Pattern.compile("getCollection\\([^;]*?[hH]istory[^;]*?\\)");

    private static final Pattern CHANGED = Pattern.compile("new\\s+EntryChange\\(|EntryChange::new");

    private static final Pattern CALLED = Pattern.compile("EntryChange\\s*(\\.|::)\\s*(running|applied|failed)\\b");

    private static final Pattern SET =
            Pattern.compile("STATE,\\s*(new\\s+BsonString\\(\\s*)?(MigrationState\\.)?(RUNNING|APPLIED|FAILED)\\.name");

    @Test
    void onlyTheHistoryWritesItsFieldsAndStates() throws IOException {
        List<String> words = Stream.concat(
                        FIELDS.stream(), Arrays.stream(MigrationState.values()).map(MigrationState::name))
                .toList();
        Map<String, Set<String>> found = new TreeMap<>();
        for (Path source : sources(false)) {
            Set<String> used =
                    new TreeSet<>(literals(CHECK.matcher(code(source)).replaceAll("")));
            used.retainAll(words);
            if (!used.isEmpty()) {
                found.put(source.getFileName().toString(), used);
            }
        }
        assertThat(found).containsExactlyInAnyOrderEntriesOf(OTHER_DOCUMENTS);
    }

    @Test
    void onlyTheHistoryOpensItsCollection() throws IOException {
        List<Path> opening = new ArrayList<>();
        for (Path source : sources(false)) {
            if (OPENED.matcher(code(source)).find()) {
                opening.add(source);
            }
        }
        assertThat(opening).isEmpty();
    }

    /** An attempt writes RUNNING and then APPLIED or FAILED, each as a change that EntryChange makes. */
    @Test
    void runningAppliedAndFailedAreWrittenInOneClass() throws IOException {
        assertThat(matching(CHANGED)).containsExactly("EntryChange.java");
        assertThat(matching(CALLED)).containsExactly("UpAttempt.java");
        assertThat(matching(SET)).isEmpty();
    }

    /** Ensures that the tests above search for existing words. */
    @Test
    void theSearchedWordsOccurInTheHistory() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path source : sources(true)) {
            used.addAll(literals(code(source)));
        }
        assertThat(used).containsAll(FIELDS);
        assertThat("database.getCollection(scope.historyCollection()).find()").containsPattern(OPENED);
        assertThat("Updates.set(HistoryDocument.STATE, MigrationState.RUNNING.name())")
                .containsPattern(SET);
        assertThat("getCollection(\n  reading.history(), BsonDocument.class)").containsPattern(OPENED);
    }

    /** Sources of the core inside or outside of this package. */
    private static List<Path> sources(boolean inside) throws IOException {
        String home = HistoryDocument.class.getPackageName().replace('.', '/');
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> SOURCES.resolve(home).equals(file.getParent()) == inside)
                    .toList();
        }
    }

    /** The names of this package's sources in which a pattern is found. */
    private static List<String> matching(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources(true)) {
            if (pattern.matcher(code(source)).find()) {
                found.add(source.getFileName().toString());
            }
        }
        return found;
    }

    private static Set<String> literals(String code) {
        Set<String> literals = new TreeSet<>();
        Matcher matcher = LITERAL.matcher(code);
        while (matcher.find()) {
            literals.add(matcher.group(1));
        }
        return literals;
    }

    private static String code(Path source) throws IOException {
        return COMMENT.matcher(Files.readString(source)).replaceAll("");
    }
}
