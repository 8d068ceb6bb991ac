package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.kennel.RandomKills;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes that are killed at any moment of a backup or a restore. */
@Execution(ExecutionMode.CONCURRENT)
@MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
class BackupCrashTests {

    @TempDir
    private Path folder;

    @Test
    void aKilledBackupIsCompleteOrAbsent(TestMongo mongo) throws IOException {
        for (int i = 0; i < 10; i++) {
            KennelDatabase.fill(mongo.database(), "dogs" + i, 1_000);
        }
        Kennel kennel = Kennel.of(folder, environment(mongo, mongo.databaseName()));
        RandomKills kills = RandomKills.of("a backup", () -> process(mongo.uri(), mongo.databaseName()));
        for (int kill = 0; kill < RandomKills.KILLS; kill++) {
            kills.kill();

            assertAllAreComplete(kennel, kill);
        }
        kennel.backUp("kennel");
        assertThat(files())
                .as(RandomKills.seed())
                .hasSize(2 * kennel.backups().list().size());
    }

    private void assertAllAreComplete(Kennel kennel, int kill) {
        for (BackupSummary backup : kennel.backups().list()) {
            assertThat(kennel.backups().verify(backup.name()).findings())
                    .as("kill %d, %s, %s", kill, backup.name(), RandomKills.seed())
                    .isEmpty();
            assertThat(backup.documents()).isEqualTo(10_000);
        }
    }

    @Test
    void aKilledRestoreHasReplacedAllOrNothing(TestMongo mongo) {
        for (int i = 0; i < 20; i++) {
            KennelDatabase.fill(mongo.database(), "dogs" + i, 200);
        }
        Manifest backup =
                Kennel.of(folder, environment(mongo, mongo.databaseName())).backUp("kennel");
        String name = mongo.databaseName() + "_b";
        String uri = mongo.uri(name);

        RandomKills.assertAllOrNothingIsReplaced(
                "a restore",
                environment(mongo, name),
                KennelDatabase.contents(mongo.database()),
                () -> process(uri, name, backup.name()));
    }

    private TestProcess process(String uri, String database, String... backup) {
        List<String> arguments = new ArrayList<>(List.of(uri, database, folder.toString()));
        arguments.addAll(List.of(backup));
        return TestProcess.java(BackupProcess.class, arguments.toArray(String[]::new));
    }

    private static MonarchEnvironment environment(TestMongo mongo, String database) {
        return KennelDatabase.environment("kennel", mongo.client(), database);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".monarch.lock"))
                    .toList();
        }
    }
}
