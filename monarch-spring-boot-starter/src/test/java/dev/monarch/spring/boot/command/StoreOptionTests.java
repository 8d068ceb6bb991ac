package dev.monarch.spring.boot.command;

import java.nio.file.Path;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Every verb of backups works on any store. */
@MongoTest
class StoreOptionTests {

    @TempDir
    private Path folder;

    @Test
    void everyCommandWorksOnTheBucketThatIsTheDefault(TestMongo mongo) {
        FolderAndBucket stores = new FolderAndBucket(mongo, folder);
        Commands onBucket = stores.commands("--monarch.backups.store=s3");
        Document taken = FolderAndBucket.done(onBucket.run("backup", "--name", "nightly", "--output", "json"))
                .json();
        String name = taken.getString("name");

        assertThat(FolderAndBucket.done(onBucket.run("list-backups")).out())
                .contains(name, "Foreign (not a backup: it has no manifest): theirs.archive");
        assertThat(FolderAndBucket.done(onBucket.run("show-backup", name)).out())
                .contains(name, "dogs");
        assertThat(FolderAndBucket.done(onBucket.run("verify-backup", name)).out())
                .contains("is intact: 1 document in 1 collection");

        stores.dogs().insertOne(new Document("_id", 2).append("name", "Stray"));
        FolderAndBucket.done(onBucket.run("restore", name + ":default", "--yes"));
        assertThat(stores.dogs().find())
                .extracting(dog -> dog.getString("name"))
                .containsExactly("Rex");

        FolderAndBucket.done(onBucket.run("delete-backup", name, "--yes"));
        assertThat(stores.names("s3")).isEmpty();
        assertThat(folder.resolve("backups"))
                .satisfiesAnyOf(
                        backups -> assertThat(backups).doesNotExist(),
                        backups -> assertThat(backups).isEmptyDirectory());
    }

    @Test
    void anUnknownStoreIsReportedWithTheExistingOnes(TestMongo mongo) {
        Result unknown = new FolderAndBucket(mongo, folder).commands().run("list-backups", "--store", "locale");

        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("no backup store 'locale'", "are: local, s3", "Did you mean local?");
    }
}
