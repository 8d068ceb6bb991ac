package dev.monarch.spring.boot.command;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Backups that copy-backup copies into another store. */
@MongoTest
class CopyBackupVerbTests {

    @TempDir
    private Path folder;

    @Test
    void aBackupIsCopiedToAnotherStoreAndCanBeRestored(TestMongo mongo) {
        FolderAndBucket stores = new FolderAndBucket(mongo, folder);
        String name = FolderAndBucket.done(stores.commands().run("backup", "--output", "json"))
                .json()
                .getString("name");
        assertThat(stores.names("local")).containsExactly(name);
        assertThat(stores.names("s3")).isEmpty();

        assertThat(FolderAndBucket.done(stores.commands().run("copy-backup", name, "--to", "s3"))
                        .out())
                .contains("Copied as " + name + " into s3");
        FolderAndBucket.done(stores.commands().run("delete-backup", name, "--yes"));
        assertThat(stores.names("local")).isEmpty();
        assertThat(stores.names("s3")).containsExactly(name);

        stores.dogs().drop();
        Result notThere = stores.commands().run("restore", name + ":default", "--yes");
        assertThat(notThere.exit()).isEqualTo(2);
        assertThat(notThere.err()).contains("There is no complete backup '" + name + "'");
        FolderAndBucket.done(stores.commands().run("restore", name + ":default", "--yes", "--store", "s3"));
        assertThat(stores.dogs().find())
                .extracting(dog -> dog.getString("name"))
                .containsExactly("Rex");
    }
}
