package dev.monarch.spring.boot.observation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.MigrationFailedException;
import dev.monarch.TransferFailedException;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionPlan.PruneRequest;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.environment.Approval;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.spring.boot.actuate.WebApplication;
import dev.monarch.test.MongoTest;
import dev.monarch.test.Scrape;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What a fresh application tells Micrometer about its operations. */
@MongoTest
class ObservationTests {

    @TempDir
    private Path folder;

    private static Scrape scrape(WebApplication application) {
        return Scrape.of(application.get("/actuator/prometheus").text());
    }

    private String store() {
        return "--monarch.backups.local.directory=" + folder;
    }

    @Test
    void everyOperationIsTimedWithTheKeysOfThePage(TestMongo mongo) {
        try (WebApplication kennel = WebApplication.start(
                mongo,
                Migrations.class,
                store(),
                "--monarch.environment=kennel",
                "--monarch.environments.staging.uri=" + mongo.uri(mongo.databaseName() + "_s"),
                "--monarch.environments.gone.uri=mongodb://127.0.0.1:1/gone?serverSelectionTimeoutMS=100")) {
            migrate(kennel.bean(Migrator.class));
            String backup = backUp(kennel.bean(BackupService.class));
            kennel.bean(RestoreService.class)
                    .restore(RestoreRequest.of(BackupSource.stored(backup), "staging"), Approval.confirmed());
            kennel.bean(CopyService.class).copy(CopyRequest.of("kennel", "staging"), Approval.confirmed());
            kennel.bean(RetentionService.class)
                    .prune(PruneRequest.of("kennel", Retention.NONE.keep(RetentionInterval.LAST, 1)));

            Scrape scrape = scrape(kennel);

            assertThat(scrape.named("monarch_operation_seconds_count"))
                    .allSatisfy(series -> assertThat(series.labels())
                            .containsOnlyKeys("operation", "monarch_environment", "outcome", "error"))
                    .extracting(series -> words(series.labels()) + " " + (int) series.value())
                    .containsExactlyInAnyOrder(
                            "run kennel SUCCESS none 1",
                            "migration kennel SUCCESS none 1",
                            "run kennel FAILURE MigrationFailedException 1",
                            "migration kennel FAILURE MigrationFailedException 1",
                            "rollback kennel SUCCESS none 1",
                            "backup kennel SUCCESS none 1",
                            "backup gone FAILURE TransferFailedException 1",
                            "verification none SUCCESS none 1",
                            "restore staging SUCCESS none 1",
                            "copy staging SUCCESS none 1",
                            "prune kennel SUCCESS none 1");
        }
    }

    private static void migrate(Migrator migrator) {
        migrator.migrate(MigrationTarget.upTo("1-dogs"));
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate);
        migrator.rollback(RollbackTarget.last(1), Approval.confirmed());
    }

    private static String backUp(BackupService backups) {
        String name = backups.backup(BackupRequest.of("kennel")).name();
        assertThat(backups.verify(name).ok()).isTrue();
        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() -> backups.backup(BackupRequest.of("gone")));
        return name;
    }

    private static String words(Map<String, String> labels) {
        return labels.get("operation") + " " + labels.get("monarch_environment") + " " + labels.get("outcome") + " "
                + labels.get("error");
    }

    @Test
    void whatAScheduleDoesHappensInsideItAndAConventionChoosesTheName(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        try (WebApplication kennel = WebApplication.start(
                mongo,
                Traced.class,
                store(),
                "--monarch.backups.schedules[0].cron=* * * * * *",
                "--monarch.backups.schedules[0].verify-after=true",
                "--monarch.backups.schedules[0].prune-after=true",
                "--monarch.backups.retention.default.keep-last=1")) {
            Traces traces = kennel.bean(Traces.class);

            await().until(() -> traces.ended.contains("scheduled-backup in none: * * * * * *"));

            assertThat(traces.ended)
                    .startsWith(
                            "backup in scheduled-backup: null",
                            "verification in scheduled-backup: a backup",
                            "prune in scheduled-backup: null",
                            "scheduled-backup in none: * * * * * *");
            Scrape scrape = scrape(kennel);
            assertThat(scrape.named("kennel_work_seconds_count")).isNotEmpty();
            assertThat(scrape.has(name -> name.startsWith("monarch_operation"))).isFalse();
        }
    }

    @Test
    void nothingIsObservedIfItIsSwitchedOff(TestMongo mongo) {
        try (WebApplication kennel = WebApplication.start(
                mongo,
                Migrations.class,
                "--management.observations.enable.monarch=false",
                "--management.metrics.enable.monarch=false")) {
            kennel.bean(Migrator.class).migrate(MigrationTarget.upTo("1-dogs"));

            assertThat(scrape(kennel).has(name -> name.startsWith("jvm_"))).isTrue();
            assertThat(scrape(kennel).has(name -> name.startsWith("monarch_"))).isFalse();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Migrations {

        @Bean
        MongoMigration dogs() {
            return new Dogs();
        }

        @Bean
        @Migration("2-fails")
        MongoMigration fails() {
            return context -> {
                throw new IllegalStateException("no bones left");
            };
        }
    }

    @Migration("1-dogs")
    static final class Dogs implements MongoMigration {

        @Override
        public void up(MigrationContext context) {
            context.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        }

        @Override
        public void down(MigrationContext context) {
            // Rex stays.
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Traced {

        @Bean
        Traces traces() {
            return new Traces();
        }

        @Bean
        MonarchObservationConvention convention() {
            return new DefaultMonarchObservationConvention() {
                @Override
                public String getName() {
                    return "kennel.work";
                }
            };
        }
    }

    /** What a handler of traces sees. */
    static final class Traces implements ObservationHandler<MonarchObservationContext> {

        private final List<String> ended = new CopyOnWriteArrayList<>();

        @Override
        public void onStop(MonarchObservationContext context) {
            String subject = String.valueOf(context.subject());
            ended.add(context.operation() + " in "
                    + (context.getParentObservation() != null
                                    && context.getParentObservation().getContextView()
                                            instanceof MonarchObservationContext parent
                            ? parent.operation()
                            : "none")
                    + ": "
                    + subject.replace("default: ", "").replace(" UTC", "").replaceAll("default__.*", "a backup"));
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof MonarchObservationContext;
        }
    }
}
