package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Names with line breaks or terminal control characters are shown on one line. */
@MongoTest
class PrintableTests {

    private static final String BROKEN = "dogs\nDROPPED\u001b[2J";

    private static final String SHOWN = "dogs\\nDROPPED\\u001b[2J";

    @TempDir
    private Path folder;

    private Commands commands(TestMongo mongo) {
        return Commands.on(mongo)
                .with(
                        "--monarch.environments.development.uri=" + mongo.uri(mongo.databaseName() + "d"),
                        "--monarch.backups.local.directory=" + folder);
    }

    @Test
    void aCollectionWithALineBreakIsOneRow(TestMongo mongo) {
        mongo.database().getCollection(BROKEN).insertOne(new Document("_id", 1));
        mongo.database().getCollection("cats").insertOne(new Document("_id", 1));
        assertThat(commands(mongo).run("backup").exit()).isZero();
        String backup = commands(mongo)
                .run("list-backups", "--output", "json")
                .json()
                .getList("backups", Document.class)
                .get(0)
                .getString("name");

        Result shown = commands(mongo).run("show-backup", backup);
        assertThat(shown.out())
                .containsPattern("(?m)^dogs\\\\nDROPPED\\\\u001b\\[2J  collection  1 ")
                .doesNotContain("\u001b");
        List<String> rows = shown.out()
                .lines()
                .dropWhile(line -> !line.startsWith("COLLECTION"))
                .toList();
        assertThat(rows).hasSize(3);
        int column = rows.get(0).indexOf("TYPE");
        assertThat(rows.subList(1, 3))
                .allSatisfy(row -> assertThat(row.substring(column)).startsWith("collection"));

        for (Result plan : List.of(
                commands(mongo).run("copy-db", "default:development", "--dry-run"),
                commands(mongo).run("copy-db", "default:development"),
                commands(mongo).run("copy-db", "default:development", "--only", "doges\n" + BROKEN),
                commands(mongo).run("drop-db", "default"))) {
            assertThat(plan.out() + plan.err())
                    .contains(SHOWN)
                    .doesNotContain("\u001b")
                    .doesNotContainPattern("(?m)^DROPPED");
        }
    }
}
