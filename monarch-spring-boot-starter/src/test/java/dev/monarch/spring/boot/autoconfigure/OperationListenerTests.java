package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Beans of type {@link OperationListener} receive each operation of the application's services. */
@MongoTest
class OperationListenerTests {

    @TempDir
    private Path folder;

    @Test
    void listenersAreCalledInOrderEvenIfOneThrowsOrUsesTheService(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        try (var context = Kennel.start(
                Kennel.application(Listening.class), mongo, "--monarch.backups.local.directory=" + folder)) {
            context.getBean(BackupService.class).backup(BackupRequest.of("default"));
        }
        assertThat(Kennel.STEPS)
                .containsExactly(
                        "first Started BACKUP of default",
                        "second Started",
                        "first Succeeded BACKUP of default",
                        "second Succeeded, 1 backups");
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        @Order(2)
        OperationListener second(BackupService backups) {
            return event -> {
                if (event instanceof OperationEvent.Started) {
                    Kennel.STEPS.add("second Started");
                } else if (event instanceof OperationEvent.Succeeded) {
                    Kennel.STEPS.add("second Succeeded, " + backups.list().size() + " backups");
                }
            };
        }

        @Bean
        @Order(1)
        OperationListener first() {
            return event -> {
                if (event instanceof OperationEvent.Progressed) {
                    return;
                }
                Kennel.STEPS.add("first " + event.getClass().getSimpleName() + " "
                        + event.operation().kind() + " of " + event.operation().environment());
                throw new IllegalStateException("deaf");
            };
        }
    }
}
