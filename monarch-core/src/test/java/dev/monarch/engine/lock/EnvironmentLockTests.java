package dev.monarch.engine.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonBinary;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.LockHeldException;
import dev.monarch.LockLostException;
import dev.monarch.Reason;
import dev.monarch.engine.environment.ProcessName;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockEvent;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@MongoTest
class EnvironmentLockTests {

    private static final LockSettings SETTINGS = settings(Duration.ofSeconds(20));

    private static final LockSettings WITHOUT_WAITING = settings(Duration.ZERO);

    @Test
    void onlyOneOfManyContendersHoldsTheLockAtATime(TestMongo mongo) throws Exception {
        List<Long> fences = new CopyOnWriteArrayList<>();
        List<Integer> together = new CopyOnWriteArrayList<>();
        AtomicReference<Integer> inside = new AtomicReference<>(0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> contenders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            contenders.add(threads.submit(() -> {
                start.await();
                try (HeldLock held = lock(mongo, SETTINGS).acquire("test", null, event -> {})) {
                    together.add(inside.updateAndGet(n -> n + 1));
                    fences.add(held.fence());
                    inside.updateAndGet(n -> n - 1);
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> contender : contenders) {
            contender.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(together).hasSize(8).containsOnly(1);
        assertThat(fences).hasSize(8).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void theMessageNamesTheHolderOfAHeldLock(TestMongo mongo) {
        try (HeldLock held = lock(mongo, SETTINGS).acquire("restore", null, event -> {})) {
            assertThat(held.fence()).isEqualTo(1);
            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() -> lock(mongo, WITHOUT_WAITING).acquire("migrate", null, event -> {}))
                    .satisfies(e -> assertThat(e.purpose()).isEqualTo("restore"))
                    .satisfies(e -> assertThat(e.host()).isEqualTo(ProcessName.get()))
                    .satisfies(e -> assertThat(e.environment()).isEqualTo("test"))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LOCK_HELD));
        }
    }

    @Test
    void aHeartbeatKeepsALockLongerThanItsLease(TestMongo mongo) {
        try (HeldLock held = lock(mongo, SETTINGS).acquire("test", null, event -> {})) {
            long started = System.nanoTime();
            Duration longerThanALease = SETTINGS.lease().multipliedBy(2).plus(SETTINGS.skew());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> System.nanoTime() - started > longerThanALease.toNanos());
            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() ->
                            lock(mongo, settings(SETTINGS.lease().dividedBy(2))).acquire("test", null, event -> {}));
            held.ensureHeld();
        }
    }

    @Test
    void aLateOwnerDoesNotReleaseItsSuccessorsLock(TestMongo mongo) {
        HeldLock late = lock(mongo, SETTINGS).acquire("test", null, event -> {});
        takeAway(mongo);
        try (HeldLock successor = lock(mongo, SETTINGS).acquire("test", null, event -> {})) {
            assertThat(successor.fence()).isGreaterThan(late.fence());
            late.close();

            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() -> lock(mongo, WITHOUT_WAITING).acquire("test", null, event -> {}));
        }
    }

    @Test
    void theHolderIsNotifiedOfTheLossOfItsLock(TestMongo mongo) {
        AtomicReference<LockLostException> told = new AtomicReference<>();
        LockSettings noticing =
                new LockSettings(Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(300));
        try (HeldLock held = lock(mongo, noticing).acquire("test", null, event -> {})) {
            held.onLost(told::set);
            mongo.database()
                    .getCollection(EnvironmentLock.COLLECTION)
                    .updateOne(
                            Filters.eq("environment"),
                            Updates.combine(Updates.set("token", "of a thief"), Updates.set("purpose", "theft")));

            await().atMost(Duration.ofSeconds(30)).until(() -> told.get() != null);
            assertThat(told.get()).hasMessageContaining("theft");
            assertThatExceptionOfType(LockLostException.class).isThrownBy(held::ensureHeld);
        }
    }

    @Test
    void aLockAcquiredAfterASlowKillOfSessionsHasItsWholeLease(TestMongo mongo) {
        LockSettings settings = new LockSettings(
                Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(300));
        leaveExpiredLock(mongo);
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            line.amend("killSessions", answer -> {
                long started = System.nanoTime();
                await().atMost(Duration.ofSeconds(30))
                        .until(() ->
                                System.nanoTime() - started > settings.lease().toNanos());
                return answer;
            });
            EnvironmentLock lock = new EnvironmentLock(
                    MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()), settings);

            try (HeldLock held = lock.acquire("test", null, event -> line.amend("killSessions", answer -> answer))) {
                held.ensureHeld();
            }
        }
    }

    private static void leaveExpiredLock(TestMongo mongo) {
        mongo.database()
                .getCollection(EnvironmentLock.COLLECTION)
                .insertOne(new Document("_id", "environment")
                        .append("fence", 1L)
                        .append("token", "of a dead holder")
                        .append("purpose", "migrate")
                        .append("lease", 1L)
                        .append("heartbeat", Date.from(Instant.EPOCH))
                        .append("beats", 0L)
                        .append("session", new Document("id", new BsonBinary(UUID.randomUUID()))));
    }

    /** As after a process was killed during a write to the history; it lasts for a minute. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aLockDelayedByAnOpenTransactionHasItsWholeLease(TestMongo mongo) throws Exception {
        lock(mongo, SETTINGS).acquire("test", null, event -> {}).close();
        try (ClientSession open = mongo.client().startSession()) {
            open.startTransaction();
            mongo.database()
                    .getCollection(EnvironmentLock.COLLECTION)
                    .updateOne(open, Filters.eq("environment"), Updates.inc("writes", 1));
            CompletableFuture<HeldLock> acquired = CompletableFuture.supplyAsync(
                    () -> lock(mongo, settings(Duration.ofMinutes(1))).acquire("test", null, event -> {}));
            long started = System.nanoTime();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> System.nanoTime() - started > SETTINGS.lease().toNanos());
            open.abortTransaction();

            try (HeldLock held = acquired.get(30, TimeUnit.SECONDS)) {
                held.ensureHeld();
            }
        }
    }

    @Test
    void theHolderIsNotifiedWhenItsClientIsClosed(TestMongo mongo) {
        AtomicReference<LockLostException> told = new AtomicReference<>();
        try (MongoClient closed = MongoClients.create(mongo.uri())) {
            HeldLock held = new EnvironmentLock(
                            MonarchEnvironment.using("test", Protection.DEFAULT, closed, mongo.databaseName()),
                            SETTINGS)
                    .acquire("test", null, event -> {});
            held.onLost(told::set);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> told.get() != null);
    }

    @Test
    void aLockCanBeReleasedOnAnInterruptedThread(TestMongo mongo) {
        HeldLock held = lock(mongo, SETTINGS).acquire("test", null, event -> {});
        Thread.currentThread().interrupt();
        held.close();
        assertThat(Thread.interrupted()).isTrue();
        lock(mongo, WITHOUT_WAITING).acquire("test", null, event -> {}).close();
    }

    @Test
    void aWaitIsAnnouncedOnceAndEndsWithARelease(TestMongo mongo) {
        HeldLock held = lock(mongo, SETTINGS).acquire("restore", null, event -> {});
        List<LockEvent> events = new ArrayList<>();
        Consumer<LockEvent> releasing = event -> {
            events.add(event);
            held.close();
        };
        try (HeldLock next = lock(mongo, SETTINGS).acquire("migrate", null, releasing)) {
            assertThat(next.fence()).isEqualTo(held.fence() + 1);
        }
        assertThat(events).singleElement().isInstanceOfSatisfying(LockEvent.Waiting.class, waiting -> {
            assertThat(waiting.holder().purpose()).isEqualTo("restore");
            assertThat(waiting.atMost()).isPositive();
        });
    }

    @Test
    void textThatLooksLikeAnExpressionIsStoredAsText(TestMongo mongo) {
        try (HeldLock held = lock(mongo, SETTINGS).acquire("$$NOW {$host}", null, event -> {})) {
            assertThat(held.fence()).isPositive();
            assertThat(mongo.database()
                            .getCollection(EnvironmentLock.COLLECTION)
                            .find()
                            .first())
                    .containsEntry("purpose", "$$NOW {$host}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT10S, PT5S, PT1S, PT0S, lease",
        "PT10S, PT0S, PT1S, PT0S, heartbeat",
        "PT10S, PT1S, PT-1S, PT0S, waitAtMost",
        "PT10S, PT1S, PT1S, PT-1S, skew",
    })
    void invalidSettingsAreRefused(Duration lease, Duration heartbeat, Duration wait, Duration skew, String named) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new LockSettings(lease, heartbeat, wait, skew))
                .withMessageStartingWith(named);
    }

    /** Simulates an expired lease, because waiting for one in every test would take too long. */
    private static void takeAway(TestMongo mongo) {
        mongo.database()
                .getCollection(EnvironmentLock.COLLECTION)
                .updateOne(Filters.eq("environment"), Updates.unset("token"));
    }

    private static EnvironmentLock lock(TestMongo mongo, LockSettings settings) {
        return new EnvironmentLock(
                MonarchEnvironment.using("test", Protection.DEFAULT, mongo.client(), mongo.databaseName()), settings);
    }

    private static LockSettings settings(Duration wait) {
        return new LockSettings(Duration.ofMillis(1_500), Duration.ofMillis(500), wait, Duration.ofMillis(300));
    }
}
