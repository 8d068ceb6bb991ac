package dev.monarch.sample.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The application without a server: the jar as it is, and the extracted one, which starts faster. */
class PackagedSampleIT {

    private static final String LAST = Kennel.MIGRATIONS.get(Kennel.MIGRATIONS.size() - 1);

    private static final String DATA = "kennel-data";

    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void theFirstStartMigratesAndLaterStartsFindNothingPending() throws IOException {
        // For fresh data: the jar keeps its data next to it, whatever the working directory.
        Path jar = Files.copy(Kennel.JAR, folder.resolve("kennel.jar"));
        List<String> served;
        try (Kennel first = start(jar)) {
            served = servedBy(first);
            first.awaitLine("Kennel runs on the embedded server, data in " + folder.resolve(DATA));
            assertThat(first.applied()).isEqualTo(Kennel.MIGRATIONS);
            assertStopsCleanly(first);
        }
        try (Kennel second = start(jar)) {
            assertThat(servedBy(second)).isEqualTo(served);
            assertFoundNothingPending(second);
            second.kill();
        }
        try (Kennel afterAKill = start(jar)) {
            assertThat(servedBy(afterAKill)).isEqualTo(served);
            assertFoundNothingPending(afterAKill);
            assertStopsCleanly(afterAKill);
        }
    }

    @Test
    void theNextStartFinishesTheMigrationsOfAKilledOne() {
        List<String> expected;
        try (Kennel undisturbed = startExtracted("undisturbed")) {
            expected = servedBy(undisturbed);
            undisturbed.kill();
        }
        // The wait is not longer than the lease of the dead process.
        try (Kennel killed = startExtracted(DATA, "--monarch.lock.lease=5s", "--monarch.lock.heartbeat=500ms")) {
            killed.awaitLine("Migration '" + Kennel.MIGRATIONS.get(0) + "' applied");
            killed.kill();
            assertThat(killed.applied())
                    .as("the process died before the last migration")
                    .doesNotContain(LAST);
        }
        try (Kennel next = startExtracted(DATA)) {
            assertThat(servedBy(next)).isEqualTo(expected);
            assertThat(next.applied()).doesNotContain(Kennel.MIGRATIONS.get(0)).endsWith(LAST);
        }
    }

    @Test
    void aSecondProcessOnTheSameDataIsRefusedWithAMessage() {
        try (Kennel first = startExtracted(DATA)) {
            first.awaitPort();
            try (Kennel second = startExtracted(DATA)) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.lines())
                        .contains("The kennel's data in " + folder.resolve(DATA) + " is in use by another"
                                + " process. The embedded server needs exclusive access.")
                        .noneMatch(line -> line.startsWith("\tat "))
                        .noneMatch(line -> line.contains("MVStore"));
            }
            assertThat(first.get("/dogs/dog-0007")).contains("dog-0007");
        }
    }

    /** Starts the jar from another working directory, on any free port. */
    private static Kennel start(Path jar) {
        return Kennel.start(jar, "--server.port=0");
    }

    /** Starts the extracted jar with its data in a directory. */
    private Kennel startExtracted(String data, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--server.port=0", "--kennel.embedded.directory=" + folder.resolve(data)));
        all.addAll(List.of(arguments));
        return Kennel.startExtracted(all.toArray(String[]::new));
    }

    /** All dogs and houses, and every ninth account. */
    private static List<String> servedBy(Kennel kennel) {
        List<String> served = new ArrayList<>(List.of(kennel.get("/dog-houses")));
        for (int page = 0; page < 20; page++) {
            served.add(kennel.get("/dogs?size=100&page=" + page));
        }
        for (int account = 1; account <= 1_000; account += 9) {
            served.add(kennel.get("/accounts/account-%04d".formatted(account)));
        }
        assertThat(served.get(0)).contains("house-001", "house-300");
        assertThat(served.get(20)).contains("dog-2000", "weightInKg");
        assertThat(served.get(served.size() - 1)).contains("account-1000@kennel.example", "address");
        return served;
    }

    private static void assertFoundNothingPending(Kennel kennel) {
        kennel.awaitLine("Environment 'default': nothing pending, 6 applied");
        assertThat(kennel.applied()).isEmpty();
    }

    private static void assertStopsCleanly(Kennel kennel) {
        assertThat(kennel.terminate()).isEqualTo(TERMINATED);
        assertThat(kennel.lines())
                .noneMatch(line -> line.contains("WARN") || line.contains("ERROR") || line.contains("Exception"));
    }
}
