package dev.monarch.migration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** A run leaves a transaction open on the server, which blocks the lock document for longer than these tests wait. */
@MongoTest(topology = Topology.REPLICA_SET)
class OpenTransactionTests {

    private static final LockSettings LOCK = new LockSettings(
            Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofMillis(300));

    /** A lease longer than the test: the lock is free only if its holder has released it. */
    private static final LockSettings LONG_LEASE = new LockSettings(
            Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMillis(300));

    private LockSettings settings = LOCK;

    private final CountDownLatch open = new CountDownLatch(1);

    @Test
    void theNextRunEndsTheTransactionOfADeadRun(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient dead = MongoClients.create(line.uri())) {
            leaveOpen(line, dead, mongo, command -> open.getCount() == 0, new Fault.NotSent());

            assertThat(migrations(mongo.client(), mongo).migrate().applied()).hasSize(1);
        }
    }

    @Test
    void aRunThatCannotKillSessionsEndsItsTransactionWithItsNextOne(TestMongo mongo) {
        settings = LONG_LEASE;
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient failing = MongoClients.create(line.uri())) {
            leaveOpen(
                    line,
                    failing,
                    mongo,
                    command -> List.of("commitTransaction", "killSessions").contains(command.getFirstKey()),
                    Fault.error(13, "Unauthorized"));

            assertThat(migrations(mongo.client(), mongo).migrate().applied()).hasSize(1);
        }
    }

    @Test
    void theLockOfADeadRunCanBeForcedOpen(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient dead = MongoClients.create(line.uri());
                MongoClient impatient = MongoClients.create(mongo.uri())) {
            leaveOpen(line, dead, mongo, command -> open.getCount() == 0, new Fault.NotSent());
            EnvironmentLock lock = new EnvironmentLock(environment(impatient, mongo), LOCK);
            while (lock.liveHolder().isPresent()) {
                Thread.onSpinWait();
            }

            assertThat(CompletableFuture.supplyAsync(lock::forceUnlock).orTimeout(20, TimeUnit.SECONDS))
                    .succeedsWithin(Duration.ofSeconds(30))
                    .satisfies(holder -> assertThat(holder).isPresent());
        }
    }

    @Test
    @MongoTest(own = true, topology = Topology.REPLICA_SET)
    void withoutThePrivilegeToKillSessionsTheWaitIsLoggedOnce(TestMongo mongo) {
        mongo.client()
                .getDatabase("admin")
                .runCommand(new Document("setParameter", 1).append("transactionLifetimeLimitSeconds", 6));
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.monarch.engine.lock");
        logger.addAppender(logged);
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient dead = MongoClients.create(line.uri());
                FaultyLine other = FaultyLine.to(mongo);
                MongoClient next = MongoClients.create(other.uri())) {
            other.fail("killSessions", Integer.MAX_VALUE, Fault.error(13, "Unauthorized"));
            leaveOpen(line, dead, mongo, command -> open.getCount() == 0, new Fault.NotSent());

            assertThat(migrations(next, mongo).migrate().applied()).hasSize(1);

            assertThat(List.copyOf(logged.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(message -> message.contains("left a transaction open"))
                    .singleElement()
                    .asString()
                    .contains("Environment 'test'", "refused to end the sessions", "transactionLifetimeLimitSeconds");
        } finally {
            logger.detachAppender(logged);
        }
    }

    /** Starts a run with faults from its first commit on. */
    private void leaveOpen(
            FaultyLine line, MongoClient client, TestMongo mongo, Predicate<BsonDocument> failing, Fault fault) {
        line.fail(
                command -> {
                    if (command.getFirstKey().equals("commitTransaction")) {
                        open.countDown();
                    }
                    return failing.test(command);
                },
                Integer.MAX_VALUE,
                fault);
        Thread run = new Thread(() -> migrations(client, mongo).migrate(), "a run with an open transaction");
        run.setDaemon(true);
        run.setUncaughtExceptionHandler((thread, thrown) -> {});
        run.start();
        try {
            assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestMigrations migrations(MongoClient client, TestMongo mongo) {
        return TestMigrations.on(environment(client, mongo))
                .settings(MigrationSettings.DEFAULT.withLock(settings))
                .with("1", context -> {});
    }

    private static MonarchEnvironment environment(MongoClient client, TestMongo mongo) {
        return MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName());
    }
}
