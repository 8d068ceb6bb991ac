package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.TransferFailedException;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.operation.InterruptibleOperations;
import dev.monarch.spring.boot.process.ApplicationProcess;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How long the start of an application waits for a server, and what it says if none answers. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class FirstContactTests {

    private static final String NO_SERVER = "--spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=";

    private static final String UNREACHABLE =
            "Cannot reach environment 'default' (localhost:1/own): no server answered.";

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready", "validate"})
    void withoutAServerTheStartSaysWhatToCheck(String runAt, CapturedOutput output) {
        assertThatThrownBy(() -> Kennel.application(Kennel.Migrations.class)
                        .run(NO_SERVER + 50, "--monarch.migrations.run-at=" + runAt))
                .hasStackTraceContaining(TransferFailedException.class.getName());

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(UNREACHABLE)
                .contains(
                        "Check that the server is running, its host and port, and the network in between. If the server"
                                + " starts later than the application, set monarch.migrations.connect-retries.");
    }

    @Test
    void anApplicationWithAStoreSaysItToo(CapturedOutput output) {
        assertThatThrownBy(() -> Kennel.application(Store.class).run(NO_SERVER + 50))
                .hasStackTraceContaining(TransferFailedException.class.getName());

        assertThat(output).contains(UNREACHABLE);
    }

    @Test
    @Timeout(value = 50, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theTimeoutMayBeShorterThanTheDrivers(CapturedOutput output) {
        assertThatThrownBy(() -> Kennel.application(Kennel.Migrations.class)
                        .run(NO_SERVER + 600_000, "--monarch.migrations.connect-timeout=50ms"))
                .hasStackTraceContaining(TransferFailedException.class.getName());

        assertThat(output).contains(UNREACHABLE);
    }

    @Test
    void theTimeoutMayBeLongerThanTheDrivers(TestMongo mongo, CapturedOutput output) {
        try (FaultyLine line = FaultyLine.to(mongo)) {
            line.fail("ping", 2, new Fault.LostAnswer());

            start(line, mongo, "--monarch.migrations.connect-timeout=1m");
        }
        assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
        assertThat(output).doesNotContain("no server answered");
    }

    @Test
    void aServerThatAnswersLaterIsWaitedForByRetries(TestMongo mongo, CapturedOutput output) {
        try (FaultyLine line = FaultyLine.to(mongo)) {
            line.fail("ping", 2, new Fault.LostAnswer());

            start(
                    line,
                    mongo,
                    "--monarch.migrations.connect-retries=2",
                    "--monarch.migrations.connect-retries-interval=10ms");
        }
        assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
        assertThat(output)
                .containsOnlyOnce("no server answered. Next try in 10 ms (1 of 2)")
                .containsOnlyOnce("no server answered. Next try in 10 ms (2 of 2)");
    }

    @Test
    void afterTheLastRetryTheStartFails(TestMongo mongo, CapturedOutput output) {
        try (FaultyLine line = FaultyLine.to(mongo)) {
            line.fail("ping", 2, new Fault.LostAnswer());

            assertThatThrownBy(() -> start(
                            line,
                            mongo,
                            "--monarch.migrations.connect-retries=1",
                            "--monarch.migrations.connect-retries-interval=10ms"))
                    .hasStackTraceContaining(TransferFailedException.class.getName());
        }
        assertThat(Kennel.STEPS).isEmpty();
        assertThat(output).contains("Cannot reach environment 'default' (127.0.0.1:");
    }

    @Test
    void pausesDoubleUpToTheInterval(TestMongo mongo, CapturedOutput output) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            line.fail("ping", 4, new Fault.LostAnswer());
            MonarchEnvironment kennel =
                    MonarchEnvironment.using("kennel", Protection.DEFAULT, client, mongo.databaseName());

            new FirstContact(null, 4, Duration.ofMillis(10), Duration.ofMillis(35), new InterruptibleOperations())
                    .await(kennel);
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("Next try in")))
                .extracting(line -> line.replaceAll(".*Next try in ", ""))
                .containsExactly("10 ms (1 of 4)", "20 ms (2 of 4)", "35 ms (3 of 4)", "35 ms (4 of 4)");
    }

    @Test
    void aShutdownEndsTheWait() {
        try (TestProcess process = ApplicationProcess.start(
                SeveralEnvironmentsTests.Walk.class,
                "--spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100",
                "--spring.main.web-application-type=none",
                "--monarch.migrations.connect-retries=100")) {
            process.awaitLine(line -> line.contains("Next try in"), Duration.ofSeconds(60));

            process.terminate();

            assertThat(process.awaitExit(Duration.ofSeconds(60))).isEqualTo(143);
            assertThat(process.lines())
                    .anySatisfy(
                            line -> assertThat(line).contains("It interrupts the wait for the server of 'default'"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "connect-timeout, 0s, It must be positive.",
        "connect-retries, -1, It must not be negative.",
        "connect-retries-interval, 0s, It must be positive.",
        "warn-after, 0s, It must be positive.",
        "warn-every, 0s, It must be positive.",
        "environments, 'archive,archive', It must not name an environment twice."
    })
    void wrongValuesAreRefusedByName(String property, String value, String reason) {
        ConfigFiles.applicationWithoutFiles()
                .withPropertyValues(NO_SERVER.substring(2) + 50, "monarch.migrations." + property + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("monarch.migrations." + property)
                        .hasStackTraceContaining(reason));
    }

    private static void start(FaultyLine line, TestMongo mongo, String... arguments) {
        Kennel.application(Kennel.Migrations.class)
                .properties("spring.mongodb.uri=" + line.uri(), "spring.mongodb.database=" + mongo.databaseName())
                .run(arguments)
                .close();
    }

    @Configuration(proxyBeanMethods = false)
    static class Store {

        @Bean
        BackupStore store() {
            return new LocalBackupStore(Path.of("target"));
        }
    }
}
