package dev.monarch.spring.boot.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Backups that copy-backup copies into another store. */
@MongoTest
class CopyBackupVerbTests {

    private static final byte[] DOCUMENT = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 7, 0, 0, 0, 0};

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

    @Test
    void aDumpNextToTheBackupsIsListedShownVerifiedCopiedAndRestored(TestMongo mongo) throws IOException {
        FolderAndBucket stores = new FolderAndBucket(mongo, folder);
        byte[] zip = zip();
        stores.putInBucket("old.dmp.zip", zip);
        stores.putInBucket("uploaded/kennel/dogs.bson", DOCUMENT);
        stores.putInBucket("uploaded/notes.txt", DOCUMENT);
        Path file = Files.write(folder.resolve("old.dmp.zip"), zip);

        assertThat(FolderAndBucket.done(stores.commands().run("list-backups", "--store", "s3"))
                        .out())
                .contains("old.dmp.zip")
                .contains("a zip file: kennel (1 collection)")
                .contains("uploaded, modified ")
                .contains("a directory: kennel (1 collection)");
        assertThat(FolderAndBucket.done(stores.commands().run("show-backup", "old.dmp.zip", "--store", "s3"))
                        .out())
                .contains("Foreign dump old.dmp.zip (a zip file, without a manifest)")
                .contains("dogs");
        assertThat(FolderAndBucket.done(stores.commands().run("show-backup", file.toString()))
                        .out())
                .contains("dogs");
        FolderAndBucket.done(stores.commands().run("verify-backup", "old.dmp.zip", "--store", "s3"));
        FolderAndBucket.done(stores.commands()
                .run("restore", "uploaded:default", "--yes", "--store", "s3", "--rename", "dogs=uploaded"));
        assertThat(mongo.database().getCollection("uploaded").find()).containsExactly(new Document("_id", 7));
        FolderAndBucket.done(stores.commands().run("restore", "old.dmp.zip:default", "--yes", "--store", "s3"));
        assertThat(stores.dogs().find()).containsExactly(new Document("_id", 7));
        FolderAndBucket.done(stores.commands().run("restore", file + ":default", "--yes", "--rename", "dogs=old"));
        assertThat(mongo.database().getCollection("old").find()).containsExactly(new Document("_id", 7));

        String copy = FolderAndBucket.done(
                        stores.commands().run("copy-backup", file.toString(), "--to", "s3", "--output", "json"))
                .json()
                .getString("name");
        assertThat(copy).startsWith("old__");
        FolderAndBucket.done(stores.commands().run("verify-backup", copy, "--store", "s3"));
        FolderAndBucket.done(stores.commands().run("restore", copy + ":default", "--yes", "--store", "s3"));
        assertThat(stores.dogs().find()).containsExactly(new Document("_id", 7));
        // It is unknown whether the dump contained a whole database, so others are kept.
        assertThat(mongo.database().getCollection("old").countDocuments()).isEqualTo(1);
    }

    /** A zip file with one document, {_id: 7}. */
    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("dump/kennel/dogs.bson"));
            zip.write(DOCUMENT);
        }
        return bytes.toByteArray();
    }
}
