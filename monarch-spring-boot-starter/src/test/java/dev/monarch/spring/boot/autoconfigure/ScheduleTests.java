package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Schedules in running applications. The core tests the schedules themselves. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class ScheduleTests {

    private static final String EVERY_SECOND = "* * * * * *";

    private static final String NEW_YEAR = "0 0 0 1 1 *";

    @TempDir
    private Path parent;

    @Test
    void oneOfTwoApplicationsTakesEachBackup(TestMongo mongo) {
        dogs(mongo);
        try (ConfigurableApplicationContext one = start(mongo, EVERY_SECOND);
                ConfigurableApplicationContext other = start(mongo, EVERY_SECOND)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> backups().size() >= 4);
            assertThat(one.isRunning() && other.isRunning()).isTrue();
        }
        await().until(() -> threads().isEmpty());
        assertThat(backups().stream().map(BackupSummary::created).map(Instant::getEpochSecond))
                .doesNotHaveDuplicates();
        assertThat(entry(mongo).getString("state")).isIn("ENDED", "INTERRUPTED");
    }

    @Test
    void aMissedBackupIsTakenWhenTheApplicationIsReady(TestMongo mongo) {
        dogs(mongo);
        try (ConfigurableApplicationContext context = start(mongo, NEW_YEAR)) {
            await().until(() -> "default: 0 0 0 1 1 * UTC".equals(entry(mongo).getString("_id")));
            assertThat(context.isRunning()).isTrue();
        }
        assertThat(backups()).as("nothing was missed before").isEmpty();
        mongo.database()
                .getCollection("monarch.schedules")
                .updateOne(
                        new Document(),
                        new Document("$set", new Document("slot", Date.from(Instant.parse("2020-01-01T00:00:00Z")))));

        for (int i = 0; i < 2; i++) {
            try (ConfigurableApplicationContext context = start(mongo, NEW_YEAR)) {
                await().until(() -> entry(mongo).getString("outcome") != null);
                assertThat(context.isRunning()).isTrue();
            }
        }

        assertThat(backups()).hasSize(1);
    }

    @Test
    void aStoppedBackupLeavesNothingAndAnotherInstanceTakesIt(TestMongo mongo) throws Exception {
        dogs(mongo);
        Blocking.folder = folder();
        SpringApplicationBuilder blocked = Kennel.application(Blocking.class);
        try (ConfigurableApplicationContext context = start(blocked, mongo, EVERY_SECOND)) {
            assertThat(context.getBean(BlockingStore.class).begun().await(30, TimeUnit.SECONDS))
                    .isTrue();
        }
        await().until(() -> threads().isEmpty());
        assertThat(entry(mongo)).containsEntry("state", "INTERRUPTED");
        assertThat(backups()).isEmpty();
        assertThat(mongo.database()
                        .getCollection("monarch.lock")
                        .find(new Document("token", new Document("$ne", null))))
                .isEmpty();

        try (ConfigurableApplicationContext context = start(mongo, EVERY_SECOND)) {
            await().until(() -> !backups().isEmpty());
            assertThat(context.isRunning()).isTrue();
        }
    }

    @Test
    void theScheduleContinuesAfterAFailure(TestMongo mongo) throws Exception {
        dogs(mongo);
        Files.writeString(folder(), "no folder");
        try (ConfigurableApplicationContext context = start(mongo, EVERY_SECOND)) {
            await().until(() -> mongo.database()
                            .getCollection("monarch.schedules")
                            .countDocuments(new Document("outcome", new Document("$regex", "^failed")))
                    == 1);
            Files.delete(folder());
            await().until(() -> !backups().isEmpty());
            assertThat(context.isRunning()).isTrue();
        }
    }

    @Test
    void aFailureIsLoggedWithTheCommandThatTakesTheBackup(TestMongo mongo, CapturedOutput output) throws Exception {
        dogs(mongo);
        Files.writeString(folder(), "no folder");
        try (ConfigurableApplicationContext context = start(mongo, EVERY_SECOND)) {
            await().until(() -> output.getAll().contains("There is no backup for this time."));
            await().until(() -> output.getAll().lines().anyMatch(ScheduleTests::isNextStep));
            assertThat(context.isRunning()).isTrue();
        }
    }

    private static boolean isNextStep(String line) {
        return line.contains(" WARN ")
                && line.contains("Schedule default: * * * * * * UTC: ")
                && line.endsWith(" 'monarch backup default' takes the backup now.");
    }

    @Test
    void theRetentionOfTheEnvironmentIsApplied(TestMongo mongo) {
        dogs(mongo);
        try (ConfigurableApplicationContext context = Kennel.start(
                Kennel.application(),
                mongo,
                "--monarch.backups.local.directory=" + folder(),
                "--monarch.backups.schedules[0].cron=" + EVERY_SECOND,
                "--monarch.backups.schedules[0].name=often",
                "--monarch.backups.schedules[0].verify-after=true",
                "--monarch.backups.schedules[0].prune-after=true",
                "--monarch.backups.retention.default.keep-last=1")) {
            await().until(() -> !backups().isEmpty());
            String first = backups().get(0).name();
            assertThat(first).startsWith("often__");
            await().until(() ->
                    backups().stream().noneMatch(backup -> backup.name().equals(first)));
            assertThat(context.isRunning()).isTrue();
        }
        assertThat(backups()).hasSizeBetween(1, 2);
    }

    private ConfigurableApplicationContext start(TestMongo mongo, String cron) {
        return start(Kennel.application(), mongo, cron);
    }

    private ConfigurableApplicationContext start(SpringApplicationBuilder application, TestMongo mongo, String cron) {
        return Kennel.start(
                application,
                mongo,
                "--monarch.backups.local.directory=" + folder(),
                "--monarch.backups.schedules[0].cron=" + cron);
    }

    private Path folder() {
        return parent.resolve("backups");
    }

    private List<BackupSummary> backups() {
        return new LocalBackupStore(folder()).list();
    }

    private static void dogs(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
    }

    private static Document entry(TestMongo mongo) {
        Document entry =
                mongo.database().getCollection("monarch.schedules").find().first();
        return entry != null ? entry : new Document();
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter("monarch-schedules"::equals)
                .collect(Collectors.toSet());
    }

    @Configuration(proxyBeanMethods = false)
    static class Blocking {

        static Path folder = Path.of("");

        @Bean
        BlockingStore blockingStore() {
            return new BlockingStore(folder);
        }
    }
}
