package dev.monarch.spring.boot.command;

import java.nio.file.Path;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The names that complete-backups prints. */
@MongoTest
class CompleteBackupsVerbTests {

    @TempDir
    private Path directory;

    @Test
    void backupsAreListedWithoutADatabase() {
        Result result = new Commands()
                .with(
                        "--spring.mongodb.uri=mongodb://localhost:1/none",
                        "--monarch.backups.local.directory=" + directory)
                .run("complete-backups");
        assertThat(result).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void theNamesAreThoseOfTheStore(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        Commands commands = Commands.on(mongo).with("--monarch.backups.local.directory=" + directory);
        String name = commands.run("backup", "--output", "json").json().getString("name");

        assertThat(commands.run("complete-backups")).isEqualTo(new Result(0, name + "\n", ""));
    }
}
