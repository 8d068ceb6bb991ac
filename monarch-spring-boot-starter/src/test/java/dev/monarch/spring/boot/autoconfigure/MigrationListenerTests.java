package dev.monarch.spring.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Beans of type {@link MigrationListener} receive each step. */
@MongoTest
class MigrationListenerTests {

    @Test
    void listenersReceiveEveryStepInTheirOrder(TestMongo mongo) {
        Kennel.start(Kennel.application(Kennel.Migrations.class, Listening.class), mongo)
                .close();
        assertThat(Kennel.STEPS)
                .containsExactly(
                        "first RunStarted",
                        "second RunStarted",
                        "first Started",
                        "second Started",
                        "migrated dogs",
                        "first Applied",
                        "second Applied",
                        "first Started",
                        "second Started",
                        "migrated houses",
                        "first Applied",
                        "second Applied",
                        "first RunFinished",
                        "second RunFinished");
    }

    @Test
    void listenersReceiveThatNothingIsPending(TestMongo mongo) {
        Kennel.migrateFromElsewhere(mongo);
        Kennel.start(Kennel.application(Kennel.Migrations.class, Listening.class), mongo)
                .close();
        assertThat(Kennel.STEPS).containsExactly("first NothingPending", "second NothingPending");
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        @Order(2)
        MigrationListener second() {
            return event -> remember("second", event);
        }

        @Bean
        @Order(1)
        MigrationListener first() {
            return event -> remember("first", event);
        }

        private static void remember(String who, MigrationEvent event) {
            Kennel.STEPS.add(who + " " + event.getClass().getSimpleName());
        }
    }
}
