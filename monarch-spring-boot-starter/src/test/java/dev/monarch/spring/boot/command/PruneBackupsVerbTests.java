package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Backups that prune-backups removes, and its confirmation. */
@MongoTest
class PruneBackupsVerbTests {

    @TempDir
    private Path parent;

    private String newest = "";

    @BeforeEach
    void threeBackups(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        for (int i = 0; i < 3; i++) {
            assertThat(commands(mongo).run("backup").exit()).isZero();
        }
        newest = backups().get(0);
    }

    @Test
    void aDryRunShowsEachDecisionWithItsReason(TestMongo mongo) throws IOException {
        Files.writeString(parent.resolve("backups/notes.txt"), "mine");
        Result result = keepingOne(mongo).run("prune-backups", "--dry-run");
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .startsWith("BACKUP ")
                .containsPattern(newest + " +\\S+ \\S+ +\\S+ \\S*B +keep +newest, last backup\n")
                .containsPattern("default__\\S+ +\\S+ \\S+ +\\S+ \\S*B +remove +no rule keeps it\n")
                .contains("Kept without a decision: notes.txt.\n")
                .containsPattern("Would remove 2 backups, \\S+ \\S*B. Nothing has been removed.\n$");
        assertThat(backups()).hasSize(3);
        Document json = keepingOne(mongo)
                .run("prune-backups", "default", "--dry-run", "--output", "json")
                .json();
        assertThat(json)
                .containsEntry("environment", "default")
                .containsEntry("store", "local")
                .containsEntry("others", List.of("notes.txt"));
        assertThat(json.getList("decisions", Document.class))
                .extracting(decision -> decision.getString("decision") + " " + decision.get("reasons"))
                .containsExactly(
                        "keep [newest, last backup]", "remove [no rule keeps it]", "remove [no rule keeps it]");
    }

    @Test
    void nothingIsRemovedWithoutAConfirmation(TestMongo mongo) {
        Result declined = keepingOne(mongo).run("prune-backups");
        assertThat(declined.exit()).isEqualTo(3);
        assertThat(declined.err()).contains("no rule keeps it", "confirm with --yes. Nothing has happened.");
        Result typedNo = keepingOne(mongo).typing("n").run("prune-backups");
        assertThat(typedNo.exit()).isEqualTo(3);
        assertThat(typedNo.err()).containsPattern("Remove 2 backups, \\S+ \\S*B, of 'default'\\? \\[y/N]");
        assertThat(backups()).hasSize(3);

        Result typed = keepingOne(mongo).typing("y").run("prune-backups");
        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).containsPattern("^Removed 2 backups, \\S+ \\S*B.\n$");
        assertThat(backups()).containsExactly(newest);
        assertThat(keepingOne(mongo).run("prune-backups").out()).endsWith("There is nothing to remove.\n");
    }

    @Test
    void anOptionConfirms(TestMongo mongo) {
        Result result = keepingOne(mongo).run("prune-backups", "--yes", "--output", "json");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.json().getList("removed", String.class)).hasSize(2);
        assertThat(result.json().getList("failures", Document.class)).isEmpty();
    }

    @Test
    void withoutARetentionNothingIsDone(TestMongo mongo) {
        Result result = commands(mongo).run("prune-backups", "--yes");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("There is no retention for 'default'. Set monarch.backups.retention.default");
        assertThat(commands(mongo)
                        .with("--monarch.backups.retention.default.daily=-1")
                        .run("prune-backups", "--yes")
                        .err())
                .contains("monarch.backups.retention.default.daily");
        assertThat(backups()).hasSize(3);
    }

    @Test
    void theVerbWaitsForTheLock(TestMongo mongo) {
        try (HeldLock held = Locks.acquire(mongo, "a test")) {
            Result result = keepingOne(mongo).with("--monarch.lock.wait=0s").run("prune-backups", "--yes");
            held.ensureHeld();
            assertThat(result.exit()).isEqualTo(5);
            assertThat(backups()).hasSize(3);
        }
    }

    @Test
    void eachStoreIsPrunedSeparately(@TempDir Path folder, TestMongo mongo) {
        FolderAndBucket stores = new FolderAndBucket(mongo, folder);
        for (String store : List.of("local", "s3")) {
            for (int i = 0; i < 2; i++) {
                FolderAndBucket.done(stores.commands().run("backup", "--store", store));
            }
        }

        Result pruned = stores.commands("--monarch.backups.retention.default.keep-last=1")
                .run("prune-backups", "--store", "s3", "--yes");

        assertThat(FolderAndBucket.done(pruned).out()).contains("Removed 1 backup");
        assertThat(stores.names("s3")).hasSize(1);
        assertThat(stores.names("local")).hasSize(2);
    }

    private Commands commands(TestMongo mongo) {
        return Commands.on(mongo).with("--monarch.backups.local.directory=" + parent.resolve("backups"));
    }

    private Commands keepingOne(TestMongo mongo) {
        return commands(mongo).with("--monarch.backups.retention.default.keep-last=1");
    }

    private List<String> backups() {
        return new LocalBackupStore(parent.resolve("backups"))
                .list().stream().map(BackupSummary::name).toList();
    }
}
