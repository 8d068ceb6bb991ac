package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** A command changes the pace of an operation of another process. */
@MongoTest
class PaceVerbTests {

    @TempDir
    private Path folder;

    @Test
    void allFindsTheOperationAndItsIdChangesIt(TestMongo mongo) {
        mongo.database().getCollection("animals").insertOne(new Document("name", "Rex"));
        try (CommandProcess backup = CommandProcess.start(
                "--spring.mongodb.uri=" + mongo.uri(),
                "--monarch.backups.local.directory=" + folder,
                "monarch",
                "backup",
                "--max-rate=1B")) {
            Result found = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> Commands.on(mongo).run("pace", "all", "2B", "--output", "json"),
                            result -> result.exit() == 0);
            List<Document> operations = found.json().getList("operations", Document.class);
            assertThat(operations)
                    .extracting(
                            operation -> operation.getString("description"), operation -> operation.getString("pace"))
                    .containsExactly(tuple("backup of 'default'", "full, at most 2B per second"));
            String id = operations.get(0).getString("id");

            Result changed = Commands.on(mongo).run("pace", id, "4096MB");

            assertThat(changed.exit()).as(changed.err()).isZero();
            assertThat(changed.out())
                    .startsWith(
                            "The pace of the backup of 'default' is now full, at most 4096MB per second. It runs in ")
                    .endsWith(", and its id is " + id + ".\n");
            assertThat(backup.await().out()).anyMatch(line -> line.contains("default__"));
        }
    }

    @Test
    void withoutAnOperationItFailsAndLeavesNothing(TestMongo mongo) {
        Result result = Commands.on(mongo).run("pace", "all", "gentle");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out())
                .isEqualTo(
                        "No operation in environment 'default' has confirmed the change. Either there is none, or its user"
                                + " may not write to the database: then its log says whether the pace has changed.\n");
        assertThat(mongo.database().getCollection("monarch.pace").find()).isEmpty();
    }

    @Test
    void anIdAndAPaceAreCheckedBeforeTheApplicationStarts(TestMongo mongo) {
        assertWrong(Commands.on(mongo).run("pace", "backup", "gentle"), "'backup' is not the id of an operation");
        assertWrong(Commands.on(mongo).run("pace", UUID.randomUUID().toString(), "slow"), "'slow' is not a pace");
    }

    private static void assertWrong(Result result, String problem) {
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains(problem);
    }
}
