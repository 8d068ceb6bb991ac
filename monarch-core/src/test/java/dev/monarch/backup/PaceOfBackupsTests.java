package dev.monarch.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import dev.monarch.archive.Compression;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.Limit;
import dev.monarch.transfer.TransferProgress.Limit.Stage;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Backups, verifications and restores keep to a pace and say what limited them. */
@MongoTest
class PaceOfBackupsTests {

    private static final int DOCUMENTS = 500;

    private static final DataSize RATE = DataSize.ofKilobytes(500);

    /** Slow enough to notice, fast enough for a test. */
    private static final Pace SLOW = Pace.FULL.atMost(RATE);

    @TempDir
    private Path folder;

    @Test
    void aRateLimitsABackupItsVerificationAndItsRestore(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), DOCUMENTS);
        Kennel kennel = kennel(mongo);

        BackupReport taken = kennel.backups().backup(BackupRequest.of("kennel").paced(SLOW));
        VerificationReport verified =
                kennel.backups().verify(BackupSource.stored(taken.name()), SLOW, TransferListener.NONE);
        RestoreReport restored = kennel.restores()
                .restore(Kennel.request(taken.manifest(), "kennel").paced(SLOW), Approval.confirmed());

        assertThat(verified.ok()).isTrue();
        Duration fastest = Duration.ofMillis(taken.manifest().bytes() * 900 / RATE.toBytes());
        assertThat(List.of(
                        taken.elapsed(),
                        verified.elapsed(),
                        restored.replacement().elapsed()))
                .allSatisfy(elapsed -> assertThat(elapsed).isGreaterThan(fastest));
        assertThat(first(taken.limitedBy())).isEqualTo(Stage.PACE);
        assertThat(first(verified.limitedBy())).isEqualTo(Stage.PACE);
        assertThat(restored.replacement().limitedBy()).extracting(Limit::stage).contains(Stage.PACE);
    }

    @Test
    void theDefaultOfTheServiceAppliesToARequestWithoutAPace(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), DOCUMENTS);
        Kennel kennel = kennel(mongo);

        BackupReport slow = kennel.pacedBackups(SLOW).backup(BackupRequest.of("kennel"));
        BackupReport fast = kennel.pacedBackups(SLOW)
                .backup(BackupRequest.of("kennel").paced(Pace.FULL.atMost(DataSize.ofGigabytes(10))));

        assertThat(first(slow.limitedBy())).isEqualTo(Stage.PACE);
        assertThat(first(fast.limitedBy())).isNotEqualTo(Stage.PACE);
    }

    @Test
    void aGentleBackupLeavesAProcessorFree(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10_000);
        Set<String> compressors = ConcurrentHashMap.newKeySet();
        Set<Integer> priorities = ConcurrentHashMap.newKeySet();
        Kennel kennel = kennel(mongo)
                .withHookInBackup(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("monarch-compress"))
                        .forEach(thread -> {
                            compressors.add(thread.getName() + thread.getId());
                            priorities.add(thread.getPriority());
                        }));

        kennel.backups()
                .backup(BackupRequest.of("kennel").compressed(Compression.NONE).paced(Pace.GENTLE));

        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(compressors).hasSizeBetween(1, Math.max(1, processors - 1));
        assertThat(priorities).containsExactly(Thread.MIN_PRIORITY);
    }

    @Test
    void aGentleBackupAndItsRestoreAreCompleteAndStopMeasuring(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 20_000);
        Kennel kennel = kennel(mongo);

        BackupReport taken = kennel.backups().backup(BackupRequest.of("kennel").paced(Pace.GENTLE));
        mongo.database().getCollection("dogs").drop();
        RestoreReport restored = kennel.restores()
                .restore(Kennel.request(taken.manifest(), "kennel").paced(Pace.GENTLE), Approval.confirmed());

        assertThat(taken.manifest().documents()).isGreaterThan(20_000);
        assertThat(restored.replacement().loaded().documents())
                .isEqualTo(taken.manifest().documents());
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(20_000);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("monarch-pace")));
    }

    private static Stage first(List<Limit> limits) {
        return limits.get(0).stage();
    }

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(folder, KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
    }
}
