package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Methods with {@code @EventListener} receive every step that listeners receive. */
@MongoTest
class ApplicationEventTests {

    @TempDir
    private Path folder;

    @Test
    void everyStepOfAListenerIsAnEventAndAnExceptionOfAMethodStopsNothing(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        List<String> migrated;
        try (var context = Kennel.start(
                Kennel.application(Kennel.Migrations.class, Listening.class),
                mongo,
                "--monarch.backups.local.directory=" + folder)) {
            migrated = List.copyOf(Kennel.STEPS);
            Kennel.STEPS.clear();
            context.getBean(BackupService.class).backup(BackupRequest.of("default"));
        }

        assertThat(migrated)
                .containsExactly(
                        "listener: RunStarted",
                        "event: RunStarted",
                        "listener: Started",
                        "event: Started",
                        "migrated dogs",
                        "listener: Applied",
                        "event: Applied",
                        "listener: Started",
                        "event: Started",
                        "migrated houses",
                        "listener: Applied",
                        "event: Applied",
                        "listener: RunFinished",
                        "event: RunFinished");
        assertThat(Kennel.STEPS)
                .startsWith("listener: Started", "event: Started", "listener: Progressed", "event: Progressed")
                .endsWith("listener: Succeeded", "event: Succeeded");
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        MigrationListener migrationListener() {
            return event -> remember("listener", event);
        }

        @Bean
        OperationListener operationListener() {
            return event -> remember("listener", event);
        }

        @EventListener
        @Order(1)
        void on(MigrationEvent event) {
            remember("event", event);
        }

        @EventListener
        @Order(1)
        void on(OperationEvent event) {
            remember("event", event);
        }

        @EventListener({MigrationEvent.class, OperationEvent.class})
        @Order(2)
        void fail() {
            throw new IllegalStateException("deaf");
        }

        private static void remember(String who, Object event) {
            Kennel.STEPS.add(who + ": " + event.getClass().getSimpleName());
        }
    }
}
