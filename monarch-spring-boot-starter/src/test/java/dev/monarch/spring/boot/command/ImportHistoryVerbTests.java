package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Histories of other tools that import-history records. */
@MongoTest
class ImportHistoryVerbTests {

    private static final String SOURCE = "the history of Mongock in 'mongockChangeLog'";

    @TempDir
    private Path folder;

    @Test
    void theHistoryOfMongockIsShownAndRecorded(TestMongo mongo) {
        applied(mongo, "first-animals");

        Result refused = Commands.on(mongo).run("migrate");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err())
                .isEqualTo(
                        "Refused to migrate 'default': the database has a history of Mongock in 'mongockChangeLog', and"
                                + " Monarch's own history is empty: every migration would run again. Nothing has been changed."
                                + " Record what the other tool has applied with 'monarch import-history default' (--dry-run shows"
                                + " it). If its history does not count, set monarch.migrations.other-history=ignore.\n");
        assertThat(Commands.on(mongo).run("status").out())
                .contains(
                        "The database has a history of Mongock in 'mongockChangeLog'",
                        "monarch import-history default");
        assertThat(Commands.on(mongo).run("migrate", "--dry-run").err()).contains("monarch import-history default");

        Result shown = Commands.on(mongo).run("import-history", "default", "--from", "mongock", "--dry-run");
        assertThat(shown.exit()).isZero();
        assertThat(shown.out())
                .isEqualTo("2-long-walk: not in the other history, runs with the next migrate\n"
                        + "1-first-animals (first-animals): APPLIED; EXECUTED by dev at 2024-05-01T10:00:00Z\n"
                        + "Environment 'default': 1 entry would be imported from " + SOURCE
                        + ". Nothing has been written.\n");
        assertThat(Shelter.history(mongo)).isEmpty();

        Result done = Commands.on(mongo).run("import-history", "--output", "json");
        assertThat(done.exit()).isZero();
        assertThat(done.json())
                .containsEntry("source", SOURCE)
                .containsEntry("imported", 1)
                .containsEntry("conflicts", List.of());
        assertThat(done.json().getList("entries", Document.class))
                .contains(new Document("otherId", "first-animals")
                        .append("id", "1-first-animals")
                        .append("outcome", "APPLIED")
                        .append("state", "APPLIED")
                        .append("at", "2024-05-01T10:00:00Z")
                        .append("detail", "EXECUTED by dev at 2024-05-01T10:00:00Z"));
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals APPLIED");
        assertThat(Commands.on(mongo).run("import-history").out())
                .endsWith("Environment 'default': there is nothing to import from " + SOURCE + ".\n");
        assertThat(Commands.on(mongo).run("status", "--output", "json").json())
                .containsEntry("otherHistories", List.of());
    }

    @Test
    void conflictsAreListedAndAMappingSolvesThem(TestMongo mongo) throws IOException {
        applied(mongo, "animals: the first", "gone");

        Result conflicts = Commands.on(mongo).run("import-history");
        assertThat(conflicts.exit()).isEqualTo(2);
        assertThat(conflicts.out())
                .contains("Conflict: 'animals: the first' (EXECUTED by dev", "Conflict: 'gone' (EXECUTED by dev")
                .endsWith("Environment 'default': 2 conflicts with " + SOURCE + ". Nothing has been written.\n");
        assertThat(Shelter.history(mongo)).isEmpty();

        Path mapping = Files.writeString(
                folder.resolve("ids.txt"), "\uFEFFgone:\n# of the old tool\n\nanimals: the first: 1-first-animals\r\n");
        assertThat(Commands.on(mongo)
                        .run("import-history", "--mapping", mapping.toString())
                        .out())
                .contains("1-first-animals (animals: the first): APPLIED", "gone: ignored", "1 entry imported");
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals APPLIED");
    }

    @Test
    void anyHistoryIsReadByTheNamesOfItsFields(TestMongo mongo) {
        mongo.database()
                .getCollection("done")
                .insertMany(List.of(
                        new Document("name", "1-first-animals").append("ok", true),
                        new Document("name", "2-long-walk").append("ok", false)));

        Result done = Commands.on(mongo)
                .run("import-history", "--collection", "done", "--id-field", "name", "--applied-if", "'{ok: true}'");

        assertThat(done.out()).contains("2-long-walk: not applied, runs with the next migrate");
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals APPLIED");
    }

    @Test
    void aProtectedEnvironmentIsConfirmedByItsName(TestMongo mongo) {
        applied(mongo, "1-first-animals");
        Commands commands = Commands.on(mongo)
                .with("--monarch.environments.production.uri=" + mongo.uri(), "--monarch.environment=production");

        Result declined = commands.run("import-history", "production", "--yes");
        assertThat(declined.exit()).isEqualTo(3);
        assertThat(declined.err()).contains("no migration will run. 1 entry will be recorded from " + SOURCE);
        assertThat(Shelter.history(mongo)).isEmpty();
        assertThat(commands.run("import-history", "production", "--confirm", "production")
                        .exit())
                .isZero();
    }

    @Test
    void wrongUseIsExplained(TestMongo mongo) {
        assertThat(error(mongo, "--from", "alembic"))
                .contains(
                        "'alembic' is not one of mongock, flamingock, mongobee, migrate-mongo, monarch, migopy, alley");
        assertThat(error(mongo, "--collection", "done"))
                .isEqualTo("Say whose history it is with --from, or describe it with --collection and --id-field.\n");
        assertThat(error(mongo, "--from", "mongock", "--id-field", "name"))
                .startsWith(
                        "--id-field, --when-field and --applied-if describe the history of a tool that Monarch does");
        assertThat(error(mongo, "--collection", "c", "--id-field", "f", "--applied-if", "{state"))
                .contains("'{state' is not a query, for example {state: \"EXECUTED\"}");
        assertThat(error(mongo, "--mapping", "no-such-file"))
                .isEqualTo("The file of --mapping, 'no-such-file', cannot be read as UTF-8 text.\n");
    }

    private static String error(TestMongo mongo, String... options) {
        Result result = Commands.on(mongo)
                .run(Stream.concat(Stream.of("import-history"), Stream.of(options))
                        .toArray(String[]::new));
        assertThat(result.exit()).isEqualTo(2);
        return result.err();
    }

    @ParameterizedTest
    @CsvSource({"1-first-animals, is not 'OTHER-ID: ID'", "': 1-first-animals', is not 'OTHER-ID: ID'"})
    void anInvalidMappingNamesItsLine(String line, String problem, TestMongo mongo) throws IOException {
        Path mapping = Files.writeString(folder.resolve("ids.txt"), "a: b\n" + line + "\n");

        assertThat(Commands.on(mongo)
                        .run("import-history", "--mapping", mapping.toString())
                        .err())
                .isEqualTo("Line 2 of '" + mapping + "' " + problem + ".\n");
    }

    private static void applied(TestMongo mongo, String... ids) {
        for (String id : ids) {
            mongo.database()
                    .getCollection("mongockChangeLog")
                    .insertOne(new Document("executionId", "2024-05-01T10:00:00.123-598")
                            .append("changeId", id)
                            .append("author", "dev")
                            .append("timestamp", new Date(1_714_557_600_000L))
                            .append("state", "EXECUTED")
                            .append("type", "EXECUTION")
                            .append("systemChange", false));
        }
    }
}
