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

/** The output of list-backups. */
@MongoTest
class ListBackupsVerbTests {

    @TempDir
    private Path folder;

    @Test
    void anEmptyStoreIsListedWithoutADatabase() {
        Result listed = new Commands()
                .with("--spring.mongodb.uri=mongodb://localhost:1/none", "--monarch.backups.local.directory=" + folder)
                .run("list-backups");

        assertThat(listed).isEqualTo(new Result(0, "There are no backups yet. Take one: monarch backup ENV\n", ""));
    }

    @Test
    void theNewestIsFirstInBothFormats(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        Commands commands = Commands.on(mongo).with("--monarch.backups.local.directory=" + folder);
        String first = taken(commands.run("backup", "--output", "json"));
        String second = taken(commands.run("backup", "--only", "dogs", "--output", "json"));

        assertThat(commands.run("list-backups").out().lines())
                .satisfiesExactly(
                        header -> assertThat(header)
                                .matches("BACKUP +ENVIRONMENT +TAKEN +DOCUMENTS +SIZE +STORED +CONSISTENCY"),
                        row -> assertThat(row).startsWith(second + " (partial)  default  "),
                        row -> assertThat(row).matches(first + " +default .* 1  .*"));
        List<Document> backups =
                commands.run("list-backups", "--output", "json").json().getList("backups", Document.class);
        assertThat(backups).extracting(backup -> backup.getString("name")).containsExactly(second, first);
        assertThat(backups)
                .allSatisfy(backup -> assertThat(backup)
                        .containsEntry("store", "local")
                        .containsEntry("environment", "default")
                        .containsEntry("database", mongo.databaseName()));
    }

    private static String taken(Result backup) {
        assertThat(backup.exit()).as(backup.err()).isZero();
        return backup.json().getString("name");
    }
}
