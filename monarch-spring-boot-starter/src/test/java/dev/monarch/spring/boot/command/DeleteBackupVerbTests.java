package dev.monarch.spring.boot.command;

import java.nio.file.Path;

import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The confirmation of delete-backup. */
@MongoTest
class DeleteBackupVerbTests {

    @TempDir
    private Path folder;

    private String name = "";

    @BeforeEach
    void aBackup(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        name = commands(mongo).run("backup", "--output", "json").json().getString("name");
    }

    @Test
    void withoutAConfirmationNothingIsDeleted(TestMongo mongo) {
        Result piped = commands(mongo).run("delete-backup", name);
        assertThat(piped.exit()).isEqualTo(3);
        assertThat(piped.err())
                .isEqualTo("Declined: there is no terminal to ask on: confirm with --yes. Nothing has happened.\n");
        Result no = commands(mongo).typing("n").run("delete-backup", name);
        assertThat(no.exit()).isEqualTo(3);
        assertThat(no.err())
                .startsWith("Delete " + name + ", taken of 'default' at ")
                .contains("? [y/N]");
        assertThat(commands(mongo).run("complete-backups").out()).isEqualTo(name + "\n");
    }

    @Test
    void aConfirmationDeletesTheBackup(TestMongo mongo) {
        Result typed = commands(mongo).typing("y").run("delete-backup", name);
        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).startsWith("Deleted " + name + ", ");
        assertThat(commands(mongo).run("complete-backups").out()).isEmpty();
        assertThat(commands(mongo).run("delete-backup", name, "--yes").exit()).isEqualTo(2);
    }

    private Commands commands(TestMongo mongo) {
        return Commands.on(mongo).with("--monarch.backups.local.directory=" + folder);
    }
}
