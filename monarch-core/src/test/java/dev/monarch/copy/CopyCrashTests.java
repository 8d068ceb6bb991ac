package dev.monarch.copy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.kennel.RandomKills;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.LoadOptions.Verification;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;

/** Copies whose process is killed, or whose server loses its primary. */
@Execution(ExecutionMode.CONCURRENT)
class CopyCrashTests {

    /** Longer than several elections, like the default. */
    private static final LockSettings PATIENT_LOCK = new LockSettings(
            Duration.ofSeconds(40), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(500));

    @Test
    @MongoTest
    void aKilledCopyHasReplacedAllOrNothing(TestMongo mongo) {
        String name = mongo.databaseName() + "_b";
        mongo.uri(name);
        for (int i = 0; i < 20; i++) {
            KennelDatabase.fill(mongo.database(), "dogs" + i, 200);
        }
        Map<String, List<String>> copied = KennelDatabase.contents(mongo.database());

        RandomKills.assertAllOrNothingIsReplaced(
                "a copy",
                KennelDatabase.environment("laptop", mongo.client(), name),
                copied,
                () -> TestProcess.java(CopyProcess.class, mongo.uri(), mongo.databaseName(), name));

        assertThat(KennelDatabase.contents(mongo.database())).isEqualTo(copied);
    }

    /** Source and target are databases of one cluster, so both lose the primary at the same time. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true, members = 3, minVersion = "5.0")
    void aCopySurvivesAFailoverOfSourceAndTarget(TestMongo mongo) {
        String name = mongo.databaseName() + "_b";
        mongo.uri(name);
        MongoDatabase target = mongo.client().getDatabase(name);
        KennelDatabase.fill(mongo.database(), 20_000);
        KennelDatabase.fill(target, "birds", 10);
        CopyService copies = copies(mongo, name);
        AtomicBoolean stepped = new AtomicBoolean();
        TransferListener steppingDown = progress -> {
            if (progress.bytes() > 0 && stepped.compareAndSet(false, true)) {
                CompletableFuture.runAsync(() -> mongo.stepDown(Duration.ofSeconds(2)));
            }
        };

        CopyReport report = copies.copy(
                CopyRequest.of("production", "laptop")
                        .verified(Verification.FULL)
                        .acceptingLostWrites()
                        .paced(Pace.FULL.atMost(DataSize.ofMegabytes(2)))
                        .reportingTo(steppingDown),
                Approval.confirmed());

        mongo.awaitPrimary();
        assertThat(stepped).isTrue();
        assertThat(report.reading().consistency()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
        Map<String, List<String>> contents = KennelDatabase.contents(target);
        Map<String, List<String>> expected = KennelDatabase.contents(mongo.database());
        contents.remove(KennelDatabase.HISTORY);
        expected.remove(KennelDatabase.HISTORY);
        assertThat(contents).isEqualTo(expected);
    }

    private static CopyService copies(TestMongo mongo, String target) {
        MonarchEnvironment from = KennelDatabase.environment("production", mongo.client(), mongo.databaseName());
        MonarchEnvironment to = KennelDatabase.environment("laptop", mongo.client(), target);
        return new CopyService(
                new EnvironmentRegistry(() -> from, List.of(from, to)),
                new QuerySets(List.of(), null, null),
                new Guard(false),
                PATIENT_LOCK,
                KennelDatabase.HISTORY);
    }
}
