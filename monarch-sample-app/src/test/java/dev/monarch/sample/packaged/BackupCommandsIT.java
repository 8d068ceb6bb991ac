package dev.monarch.sample.packaged;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Backups with the packaged application's commands: taken, verified, restored, and refused. */
@MongoTest
class BackupCommandsIT {

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void shell(TestMongo mongo) {
        shell = new Shell(folder)
                .set("SPRING_MONGODB_URI", mongo.uri())
                .set("MONARCH_ENVIRONMENTS_PRODUCTION_URI", mongo.uri())
                .set("MONARCH_ENVIRONMENTS_STAGING_URI", mongo.uri(mongo.databaseName() + "_s"))
                .set("MONARCH_ENVIRONMENT", "kennel")
                .set("MONARCH_BACKUPS_LOCAL_DIRECTORY", folder.resolve("kept").toString());
    }

    @Test
    void aBackupIsTakenVerifiedAndRestored(TestMongo mongo) throws Exception {
        assertThat(shell.monarch("list-backups").out()).contains("There are no backups yet.");
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1).append("name", "Rex"));
        mongo.database().getCollection("cats").insertOne(new Document("_id", 1).append("name", "Tom"));

        Shell.Result taken = shell.monarch("backup", "--name", "nightly", "--compression", "gzip");
        assertThat(taken.exit()).as(taken.err()).isZero();
        assertThat(taken.out()).contains("Backed up 'kennel' as nightly__", "2 collections, 2 documents");
        String name = taken.out().replaceAll("(?s).* as (nightly__\\w+):.*", "$1");
        assertThat(folder.resolve("kept").resolve(name + ".archive.gz")).exists();

        assertThat(shell.monarch("list-backups").out()).contains(name);
        assertThat(shell.monarch("verify-backup", name).out()).contains("is intact: 2 documents in 2 collections");

        mongo.database().getCollection("dogs").insertOne(new Document("_id", 2).append("name", "Stray"));
        mongo.database().getCollection("strays").insertOne(new Document("_id", 1));
        Shell.Result declined = shell.monarch("restore", name + ":kennel");
        assertThat(declined.exit()).isEqualTo(3);
        assertThat(declined.err()).contains("replaced: cats, dogs", "removed: strays", "confirm with --yes");
        Shell.Result refused = shell.monarch("restore", name + ":production", "--yes");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("--confirm production");
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(2);

        Shell.Result restored = shell.monarch("restore", name + ":kennel", "--yes");
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("Restored", "2 collections, 2 documents");
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isOne();
        assertThat(mongo.database().listCollectionNames()).doesNotContain("strays");

        String path = folder.resolve("kept").resolve(name + ".archive.gz").toString();
        Shell.Result elsewhere =
                shell.monarch("restore", path + ":staging", "--only", "dogs", "--yes", "--output", "json");
        assertThat(elsewhere.exit()).as(elsewhere.err()).isZero();
        assertThat(Document.parse(elsewhere.out()).get("documents")).isEqualTo(1);
        assertThat(mongo.client().getDatabase(mongo.databaseName() + "_s").listCollectionNames())
                .contains("dogs")
                .doesNotContain("cats");
    }

    @Test
    void aRestoreYieldsIdenticalDocuments(TestMongo mongo) {
        assertThat(shell.monarch("migrate").exit()).isZero();
        List<RawBsonDocument> before = everything(mongo);
        Shell.Result taken = shell.monarch("backup");
        String name = taken.out().replaceAll("(?s).* as (kennel__\\w+):.*", "$1");
        mongo.database().getCollection("dogs").deleteMany(new Document());
        mongo.database().getCollection("dog_houses").drop();

        Shell.Result restored = shell.monarch("restore", name + ":kennel", "--yes", "--verify-after", "full");

        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(everything(mongo)).isEqualTo(before).hasSizeGreaterThan(3_000);
        assertThat(shell.monarch("status", "--check").exit()).isZero();
    }

    /** All documents except Monarch's own, in a fixed order. */
    private static List<RawBsonDocument> everything(TestMongo mongo) {
        List<RawBsonDocument> all = new ArrayList<>();
        for (String collection : mongo.database().listCollectionNames().into(new TreeSet<>())) {
            if (!collection.equals("monarch.lock") && !collection.equals("monarch.journal")) {
                mongo.database()
                        .getCollection(collection, RawBsonDocument.class)
                        .find()
                        .sort(new Document("_id", 1))
                        .into(all);
            }
        }
        return all;
    }

    @Test
    void damagedAndUnknownBackupsAreReported() throws Exception {
        Shell.Result unknown = shell.monarch("restore", "nothing:kennel", "--yes");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no complete backup 'nothing'");

        Path archive = folder.resolve("half.archive");
        Files.write(archive, new byte[] {0x6d, (byte) 0xe2, (byte) 0x99, (byte) 0x81, 7});
        Shell.Result damaged = shell.monarch("verify-backup", archive.toString());
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.out() + damaged.err()).contains("is damaged");
    }

    @Test
    void aDatabaseIsDroppedOnlyAfterConfirmation(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));

        Shell.Result declined = shell.monarch("drop-db", "production", "--yes");
        assertThat(declined.exit()).isEqualTo(3);
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isOne();

        Shell.Result dropped = shell.monarch("drop-db", "kennel", "--yes");
        assertThat(dropped.exit()).as(dropped.err()).isZero();
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }
}
