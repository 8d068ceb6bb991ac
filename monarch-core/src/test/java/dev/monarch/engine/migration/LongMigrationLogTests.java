package dev.monarch.engine.migration;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.Migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A long migration is logged repeatedly, with its progress, until it ends. */
class LongMigrationLogTests {

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private final Logger logger = (Logger) LoggerFactory.getLogger(Migrator.class);

    private final LongMigrationLog log = new LongMigrationLog(Duration.ofMillis(20), Duration.ofMillis(20));

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    @Test
    void theLastProgressIsNamedEachTime() {
        log.onEvent(new MigrationEvent.Started("kennel", planned()));
        await().until(() -> lines().stream().anyMatch(line -> line.endsWith(", and has not reported any progress")));

        log.onEvent(new MigrationEvent.Progress("kennel", "1-dogs", 300, 1000, "dogs"));
        await().until(() -> lines().stream()
                        .filter(line -> line.endsWith(": 300 of 1000 dogs"))
                        .count()
                > 1);

        assertThat(lines())
                .allSatisfy(line -> assertThat(line)
                        .matches("Migration '1-dogs' has been running on environment 'kennel' for \\d+ s.*"));
        log.onEvent(new MigrationEvent.Applied("kennel", new AppliedMigration("1-dogs", 1, Duration.ofSeconds(1))));
    }

    @Test
    void aMigrationThatHasEndedIsNotNamed() throws InterruptedException {
        log.onEvent(new MigrationEvent.Started("kennel", planned()));
        await().until(() -> watches() == 1);

        log.onEvent(new MigrationEvent.Applied("kennel", new AppliedMigration("1-dogs", 1, Duration.ofSeconds(1))));

        await().until(() -> watches() == 0);
    }

    private static long watches() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("monarch-long-migration"))
                .count();
    }

    private static PlannedMigration planned() {
        return new PlannedMigration("1-dogs", PlannedMigration.Reason.NEW, 0, null);
    }

    private List<String> lines() {
        return List.copyOf(logged.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
