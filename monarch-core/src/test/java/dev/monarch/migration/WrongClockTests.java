package dev.monarch.migration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.monarch.LockHeldException;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.LockSettings;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** A process whose wall clock is an hour off, by the command {@code faketime}. */
@Execution(ExecutionMode.CONCURRENT)
@MongoTest
class WrongClockTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @BeforeEach
    void needsFaketime() {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "faketime")))
                .as("needs the command 'faketime' on the PATH")
                .anyMatch(Files::isExecutable);
    }

    @Test
    void aContenderWithAFastClockWaitsForALivingHolder(TestMongo mongo) throws IOException {
        Files.createFile(folder.resolve("go"));
        EnvironmentLock lock =
                new EnvironmentLock(TestMigrations.on(mongo).environment(), MigrationProcess.PATIENT_LOCK);
        HeldLock held = lock.acquire("test", null, event -> {});
        try (TestProcess process = process("+1h", mongo)) {
            assertClockIsWrong(process);
            long since = System.nanoTime();
            Duration twoLeases = MigrationProcess.PATIENT_LOCK.lease().multipliedBy(2);
            await().atMost(PATIENCE).until(() -> System.nanoTime() - since > twoLeases.toNanos());
            assertThat(process.lines()).doesNotContain("STARTED");
            held.ensureHeld();

            held.close();

            process.awaitLine("APPLIED"::equals, PATIENCE);
        }
    }

    @Test
    void aHolderWithASlowClockKeepsItsLock(TestMongo mongo) throws IOException {
        LockSettings patient = MigrationProcess.PATIENT_LOCK;
        LockSettings longerThanALease = new LockSettings(
                patient.lease(), patient.heartbeat(), patient.lease().multipliedBy(2), patient.skew());
        EnvironmentLock lock = new EnvironmentLock(TestMigrations.on(mongo).environment(), longerThanALease);
        try (TestProcess process = process("-1h", mongo)) {
            assertClockIsWrong(process);
            process.awaitLine("STARTED"::equals, PATIENCE);

            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() -> lock.acquire("test", null, event -> {}));

            Files.createFile(folder.resolve("go"));
            process.awaitLine("APPLIED"::equals, PATIENCE);
        }
    }

    @Test
    void theHistoryContainsTheServersTimeOfEachStep(TestMongo mongo) throws IOException {
        Files.createFile(folder.resolve("go"));
        try (TestProcess process = process("+1h", mongo)) {
            assertClockIsWrong(process);
            process.awaitLine("APPLIED"::equals, PATIENCE);
        }

        BsonDocument entry = TestMigrations.on(mongo).historyDocuments().get(0);
        assertThat(entry.getArray("trail"))
                .hasSize(2)
                .allSatisfy(step -> assertThat(instant(step.asDocument(), "at"))
                        .isCloseTo(instant(entry, "startedAt"), within(5, ChronoUnit.MINUTES)));
    }

    private static Instant instant(BsonDocument document, String field) {
        return Instant.ofEpochMilli(document.getDateTime(field).getValue());
    }

    private static void assertClockIsWrong(TestProcess process) {
        String line = process.awaitLine(output -> output.startsWith("CLOCK "), PATIENCE);
        Duration off = Duration.between(Instant.now(), Instant.parse(line.substring("CLOCK ".length())));
        assertThat(off.abs()).isBetween(Duration.ofMinutes(58), Duration.ofMinutes(62));
    }

    private TestProcess process(String offset, TestMongo mongo) {
        List<String> command = new ArrayList<>(List.of("faketime", "-f", offset));
        command.addAll(TestProcess.javaCommand());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MigrationProcess.class.getName()));
        command.addAll(List.of(
                mongo.uri(),
                mongo.databaseName(),
                "cooperative",
                folder.resolve("go").toString(),
                "patient"));
        // The monotonic clock is off as well, which no process can notice, because its origin is arbitrary. If faketime
        // leaves it alone, every timed wait of the process returns at once, and the process keeps a processor busy.
        return TestProcess.start(Map.of(), command);
    }
}
