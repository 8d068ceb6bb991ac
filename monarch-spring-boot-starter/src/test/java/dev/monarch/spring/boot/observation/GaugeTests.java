package dev.monarch.spring.boot.observation;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.monarch.MigrationFailedException;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStore;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.actuate.TenantDatabases;
import dev.monarch.spring.boot.actuate.WatchedClients;
import dev.monarch.spring.boot.actuate.WebApplication;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.Scrape;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The gauges of a fresh application, scraped over HTTP. */
@MongoTest
class GaugeTests {

    @TempDir
    private Path folder;

    private static Scrape scrape(WebApplication application) {
        return Scrape.of(application.get("/actuator/prometheus").text());
    }

    @Test
    void theyShowTheMigrationsAndTheBackups(TestMongo mongo) {
        failOfANewerVersion(mongo);
        try (WebApplication kennel = WebApplication.start(
                mongo,
                ObservationTests.Migrations.class,
                "--monarch.environment=kennel",
                "--monarch.backups.local.directory=" + folder,
                "--monarch.backups.schedules[0].cron=0 0 0 1 1 *",
                "--monarch.backups.schedules[0].environment=production",
                "--monarch.environments.production.uri=" + mongo.uri(mongo.databaseName() + "_p"))) {
            await().untilAsserted(() -> {
                Scrape scrape = scrape(kennel);
                assertThat(scrape.value("monarch_migrations_pending", "kennel")).isEqualTo(2);
                assertThat(scrape.value("monarch_migrations_failed", "kennel"))
                        .as("of a newer version")
                        .isOne();
                assertThat(scrape.value("monarch_swaps_interrupted", "kennel")).isZero();
                assertThat(scrape.value("monarch_backups", "local")).isZero();
                assertThat(scrape.value("monarch_backups_size_bytes", "local")).isZero();
                assertThat(scrape.value("monarch_backup_age_seconds", "kennel")).isEqualTo(Double.POSITIVE_INFINITY);
                assertThat(scrape.value("monarch_backup_age_seconds", "production"))
                        .as("of a schedule")
                        .isEqualTo(Double.POSITIVE_INFINITY);
            });

            kennel.bean(Migrator.class).migrate(MigrationTarget.upTo("1-dogs"));
            kennel.bean(BackupService.class).backup(BackupRequest.of("kennel"));
            await().untilAsserted(() -> {
                Scrape scrape = scrape(kennel);
                assertThat(scrape.value("monarch_migrations_pending", "kennel")).isOne();
                assertThat(scrape.value("monarch_backups", "local")).isOne();
                assertThat(scrape.value("monarch_backups_size_bytes", "local")).isPositive();
                assertThat(scrape.value("monarch_backup_age_seconds", "kennel")).isBetween(0.0, 600.0);
            });

            interruptSwap(mongo);
            Migrator migrator = kennel.bean(Migrator.class);
            assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate);
            await().untilAsserted(() -> {
                Scrape scrape = scrape(kennel);
                assertThat(scrape.value("monarch_migrations_failed", "kennel")).isEqualTo(2);
                assertThat(scrape.value("monarch_swaps_interrupted", "kennel")).isOne();
            });
        }
    }

    private static void failOfANewerVersion(TestMongo mongo) {
        MigrationSet migrations = MigrationSet.of(List.of(new RegisteredMigration(
                "3-newer",
                context -> {
                    throw new IllegalStateException("of a version that is being deployed");
                },
                "a newer version")));
        MonarchEnvironment environment =
                MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), mongo.databaseName());
        Migrator newer = new Migrator(environment, migrations, MigrationSettings.DEFAULT);
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(newer::migrate);
    }

    private static void interruptSwap(TestMongo mongo) {
        JournalEntries.insert(mongo.database(), JournalEntries.swap("SWAPPING"));
    }

    @Test
    void aScrapeNeedsNoOtherClient(TestMongo mongo) {
        try (WebApplication kennel = WebApplication.start(
                mongo,
                Watched.class,
                "--monarch.environments.production.uri=mongodb://127.0.0.1:1/kennel?serverSelectionTimeoutMS=60000")) {
            await().until(() -> scrape(kennel).value("monarch_migrations_pending", "default") == 2);
            Set<?> clients = kennel.bean(WatchedClients.class).seen();
            assertThat(clients).hasSize(1);

            kennel.bean(Migrator.class).lockHolder();
            assertThat(clients).as("Monarch's own client would be seen").hasSize(2);
        }
    }

    @Test
    void aScrapeWaitsForNoStore(TestMongo mongo) {
        try (WebApplication kennel = WebApplication.start(mongo, Slow.class)) {
            SlowStore store = kennel.bean(SlowStore.class);
            await().until(() -> {
                assertThat(scrape(kennel).named("monarch_backups"))
                        .singleElement()
                        .satisfies(series -> assertThat(series.value()).isNaN());
                return store.listed.getCount() == 0;
            });
            assertThat(scrape(kennel).value("monarch_backups", "slow"))
                    .as("it is being listed")
                    .isNaN();

            store.opened.countDown();
            await().until(() -> scrape(kennel).value("monarch_backups", "slow") == 0);
        }
    }

    @Test
    void anApplicationThatDoesNotSayWhichDatabaseIsItsOwnHasNoneOfMigrations(TestMongo mongo) {
        try (WebApplication kennel = WebApplication.start(mongo, TenantDatabases.class)) {
            assertThat(scrape(kennel).has(name -> name.startsWith("monarch_"))).isFalse();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Slow {

        @Bean
        SlowStore slowStore() {
            return new SlowStore();
        }

        @Bean
        BackupStore store(SlowStore slow) {
            return slow.store();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(WatchedClients.class)
    static class Watched extends ObservationTests.Migrations {}

    /** A store whose listing takes as long as the test likes. */
    static final class SlowStore {

        private final CountDownLatch listed = new CountDownLatch(1);

        private final CountDownLatch opened = new CountDownLatch(1);

        BackupStore store() {
            return (BackupStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {BackupStore.class}, (self, method, arguments) -> {
                        if (method.getName().equals("list")) {
                            listed.countDown();
                            opened.await();
                            return List.of();
                        }
                        return switch (method.getName()) {
                            case "name" -> "slow";
                            case "hashCode" -> 1;
                            case "equals" -> self == arguments[0];
                            default -> "a slow store";
                        };
                    });
        }
    }
}
