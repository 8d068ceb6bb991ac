package dev.monarch.backup.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.schedule.BackupSchedule.ScheduleStatus;
import dev.monarch.backup.schedule.BackupSchedule.ScheduledRun;
import dev.monarch.backup.schedule.ScheduledBackups.ScheduledBackup;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.LockSettings;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@MongoTest
class ScheduledBackupTests {

    private static final LockSettings IMPATIENT =
            new LockSettings(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ZERO, Duration.ofMillis(500));

    @TempDir
    private Path parent;

    private Night night(TestMongo mongo) {
        return new Night(mongo, parent.resolve("backups"));
    }

    @Test
    void aDueBackupIsTakenOnce(TestMongo mongo) {
        Night night = night(mongo);
        ScheduledBackup instance = night.instance();
        instance.runIfDue();
        assertThat(night.backups()).isEmpty();

        night.at("02:00");
        instance.runIfDue();
        night.at("02:59");
        instance.runIfDue();
        night.at("03:01");
        instance.runIfDue();

        assertThat(night.backups()).containsExactly("02:00", "03:01");
        assertThat(night.entry())
                .containsEntry("state", "ENDED")
                .containsEntry("slot", Date.from(Instant.parse("2026-11-20T03:00:00Z")));
        assertThat(night.store().find(night.store().list().get(0).name()).collections())
                .extracting(BackedUpCollection::name)
                .containsExactly("dogs");
    }

    @Test
    void theStatusHasTheNextDueTimeAndTheLatestRun(TestMongo mongo) {
        Night night = night(mongo);
        List<ScheduleStatus> during = new ArrayList<>();
        ScheduledBackup other = night.instance();
        ScheduledBackup instance = night.instance(() -> during.add(other.status()));

        assertThat(instance.status())
                .extracting(ScheduleStatus::next, ScheduleStatus::last)
                .containsExactly(Instant.parse("2026-11-20T02:00:00Z"), null);
        assertThat(night.entry()).as("reading writes nothing").isEmpty();
        instance.runIfDue();
        assertThat(instance.status().last()).isNull();
        night.at("02:00");
        instance.runIfDue();

        ScheduledRun running = Objects.requireNonNull(during.get(0).last());
        assertThat(running.state()).isEqualTo(ScheduledRun.State.RUNNING);
        assertThat(running.outcome()).isNull();
        assertThat(other.status().next()).isEqualTo("2026-11-20T03:00:00Z");
        ScheduledRun ended = Objects.requireNonNull(other.status().last());
        assertThat(ended.state()).isEqualTo(ScheduledRun.State.ENDED);
        assertThat(ended.slot()).isEqualTo("2026-11-20T02:00:00Z");
        assertThat(ended.since()).isEqualTo("2026-11-20T02:00:00Z");
        assertThat(ended.attempts()).isOne();
        assertThat(ended.host()).isEqualTo(running.host()).isNotBlank();
        assertThat(ended.outcome()).isEqualTo("taken: " + night.newest().name());
    }

    @Test
    void dueTimesBeforeTheScheduleExistedAreNotCaughtUp(TestMongo mongo) {
        Night night = night(mongo);
        night.instance().runIfDue();
        night.instance().runIfDue();
        assertThat(night.backups()).isEmpty();
    }

    @Test
    void theFirstRunIsNotLostIfTheDatabaseIsQueriedLate(TestMongo mongo) {
        Night night = night(mongo);
        ScheduledBackup instance = night.instance();
        night.at("02:01");
        instance.runIfDue();
        assertThat(night.backups()).containsExactly("02:01");
    }

    @Test
    void exactlyOneOfManyInstancesWithWrongClocksTakesEachBackup(TestMongo mongo) throws Exception {
        Night night = night(mongo);
        Random random = new Random();
        List<ScheduledBackup> instances = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            instances.add(night.instance(
                    Duration.ofSeconds(random.nextInt(9) - 4L), () -> {}, Night.LOCK, Night.schedule(false, null)));
        }
        all(instances);
        for (String time : List.of("02:00", "03:00", "04:00")) {
            night.at(time);
            all(instances);
            night.at(time.replace(":00", ":01"));
            all(instances);
        }
        assertThat(night.backups()).extracting(time -> time.substring(0, 2)).hasSize(3);
    }

    @Test
    void onlyTheLatestMissedBackupIsCaughtUp(TestMongo mongo) {
        Night night = night(mongo);
        night.instance().runIfDue();
        night.at("06:30");

        night.instance().runIfDue();
        night.instance().runIfDue();

        assertThat(night.backups()).containsExactly("06:30");
    }

    @Test
    void aDueTimeDuringARunOfAnotherInstanceIsSkipped(TestMongo mongo) throws Exception {
        Night night = night(mongo);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ScheduledBackup slow = night.instance(() -> {
            begun.countDown();
            waitFor(goOn);
        });
        ScheduledBackup other = night.instance();
        night.at("02:00");
        Worker worker = new Worker(slow);
        waitFor(begun);
        night.at("03:00");
        other.runIfDue();
        assertThat(night.backups()).isEmpty();
        assertThat(night.entry())
                .containsEntry("state", "RUNNING")
                .containsEntry("slot", Date.from(Instant.parse("2026-11-20T03:00:00Z")));
        goOn.countDown();
        worker.join();
        slow.runIfDue();
        other.runIfDue();
        assertThat(night.backups()).containsExactly("02:00");
        night.at("04:00");
        other.runIfDue();
        slow.runIfDue();
        assertThat(night.backups()).containsExactly("02:00", "04:00");
    }

    @Test
    void aDueTimeDuringTheOwnRunIsSkipped(TestMongo mongo) {
        Night night = night(mongo);
        ScheduledBackup slow = night.instance(() -> night.at("04:30"));
        night.at("02:00");
        slow.runIfDue();
        slow.runIfDue();
        night.instance().runIfDue();
        assertThat(night.backups()).containsExactly("02:00");
        assertThat(night.entry()).containsEntry("slot", Date.from(Instant.parse("2026-11-20T04:00:00Z")));
    }

    @Test
    void anInterruptedRunLeavesNothingAndCanBeClaimedAgain(TestMongo mongo) throws Exception {
        Night night = night(mongo);
        CountDownLatch begun = new CountDownLatch(1);
        ScheduledBackup stopped = night.instance(() -> {
            begun.countDown();
            waitFor(new CountDownLatch(1));
        });
        night.at("02:00");
        Worker worker = new Worker(stopped);
        waitFor(begun);
        worker.interrupt();
        worker.join();
        assertThat(night.backups()).isEmpty();
        assertThat(night.store().others(List.of())).isEmpty();
        assertThat(night.entry()).containsEntry("state", "INTERRUPTED");
        assertThat(night.events()).endsWith("Failed SCHEDULED_BACKUP OperationInterruptedException");
        assertThat(new EnvironmentLock(night.environment(), Night.LOCK).holder())
                .isEmpty();

        night.at("02:05");
        night.instance().runIfDue();
        night.instance().runIfDue();

        assertThat(night.backups()).containsExactly("02:05");
    }

    @Test
    void aRunWhoseProcessDiedIsRepeatedUpToALimit(TestMongo mongo) {
        Night night = night(mongo);
        night.at("02:00");
        died(mongo, 1);
        ScheduledBackup instance = night.instance();
        instance.runIfDue();
        assertThat(night.backups()).as("it may be about to take the lock").isEmpty();

        night.at("02:02");
        instance.runIfDue();
        assertThat(night.backups()).containsExactly("02:02");
        assertThat(night.entry()).containsEntry("attempts", 2);

        died(mongo, 3);
        assertThat(night.instance().runIfDue())
                .get()
                .isInstanceOfSatisfying(
                        TransferFailedException.class,
                        failure -> assertThat(failure).hasMessageContaining("the processes of all 3 attempts died"));
        assertThat(night.backups()).containsExactly("02:02");
        assertThat(night.entry()).containsEntry("outcome", "abandoned");
        assertThat(night.events())
                .endsWith("Started SCHEDULED_BACKUP", "Failed SCHEDULED_BACKUP TransferFailedException");
    }

    @Test
    void aDueTimeSkippedForADeadRunIsTakenAfterItsLeaseExpires(TestMongo mongo) {
        Night night = night(mongo);
        died(mongo, 1);
        night.at("03:00");
        ScheduledBackup instance = night.instance();
        try (HeldLock lease = new EnvironmentLock(night.environment(), Night.LOCK)
                .acquire("scheduled backup hourly", null, event -> {})) {
            instance.runIfDue();
            lease.ensureHeld();
            assertThat(night.backups()).isEmpty();
        }
        night.at("03:01");
        instance.runIfDue();
        instance.runIfDue();
        assertThat(night.backups()).containsExactly("03:01");
    }

    @Test
    void aLiveRunIsNotTakenOver(TestMongo mongo) {
        Night night = night(mongo);
        died(mongo, 1);
        night.at("02:10");
        try (HeldLock held = new EnvironmentLock(night.environment(), Night.LOCK)
                .acquire("scheduled backup hourly", null, event -> {})) {
            night.instance().runIfDue();
            held.ensureHeld();
            assertThat(night.backups()).isEmpty();
            assertThat(night.entry()).containsEntry("state", "RUNNING").containsEntry("run", "of the dead");
        }
    }

    /** Another operation holds the lock: another schedule, a migration or a restore. */
    @ParameterizedTest
    @ValueSource(strings = {"migrate", "scheduled backup of others"})
    void aRunOfADeadProcessDoesNotPreventALaterOneFromWaiting(String purpose, TestMongo mongo) throws Exception {
        Night night = night(mongo);
        died(mongo, 1);
        night.at("03:00");
        Worker worker;
        try (HeldLock held = new EnvironmentLock(night.environment(), Night.LOCK).acquire(purpose, null, event -> {})) {
            worker = new Worker(night.instance());
            await().until(worker::waits);
            held.ensureHeld();
        }
        worker.join();

        assertThat(night.backups()).containsExactly("03:00");
        assertThat(night.entry()).containsEntry("state", "ENDED");
    }

    @Test
    void theRunOfADeadProcessEndsIfTheLockIsNeverFree(TestMongo mongo) {
        Night night = night(mongo);
        died(mongo, 1);
        night.at("03:00");
        ScheduledBackup instance = night.instance(Duration.ZERO, () -> {}, IMPATIENT, Night.schedule(false, null));
        try (HeldLock held =
                new EnvironmentLock(night.environment(), IMPATIENT).acquire("migrate", null, event -> {})) {
            instance.runIfDue();
            held.ensureHeld();
        }
        assertThat(night.entry()).containsEntry("state", "ENDED").containsEntry("outcome", "locked");
        night.at("04:00");
        instance.runIfDue();
        assertThat(night.backups()).containsExactly("04:00");
    }

    @Test
    void aLockThatIsNeverFreeEndsOnlyThisRun(TestMongo mongo) {
        Night night = night(mongo);
        ScheduledBackup instance = night.instance(Duration.ZERO, () -> {}, IMPATIENT, Night.schedule(false, null));
        night.at("02:00");
        try (HeldLock held =
                new EnvironmentLock(night.environment(), IMPATIENT).acquire("migrate", null, event -> {})) {
            instance.runIfDue();
            held.ensureHeld();
        }
        instance.runIfDue();
        assertThat(night.entry()).containsEntry("state", "ENDED").containsEntry("outcome", "locked");
        assertThat(night.backups()).isEmpty();
        assertThat(night.events())
                .containsExactly("Started SCHEDULED_BACKUP", "Failed SCHEDULED_BACKUP LockHeldException");
        night.at("03:00");
        instance.runIfDue();
        assertThat(night.backups()).containsExactly("03:00");
    }

    @Test
    void aRunThatLosesTheLockStops(TestMongo mongo) throws Exception {
        Night night = night(mongo);
        CountDownLatch begun = new CountDownLatch(1);
        ScheduledBackup robbed = night.instance(() -> {
            begun.countDown();
            waitFor(new CountDownLatch(1));
        });
        night.at("02:00");
        Worker worker = new Worker(robbed);
        waitFor(begun);
        new EnvironmentLock(night.environment(), Night.LOCK).forceUnlock();
        worker.join();
        assertThat(worker.wasInterrupted()).isFalse();
        assertThat(night.backups()).isEmpty();
        assertThat(night.entry().getString("outcome")).startsWith("failed: Lost the lock of");
    }

    @Test
    void theScheduleContinuesAfterAFailure(TestMongo mongo) {
        Night night = night(mongo);
        boolean[] broken = {true};
        ScheduledBackup instance = night.instance(() -> {
            if (broken[0]) {
                throw new IllegalStateException("the disk is gone");
            }
        });
        night.at("02:00");
        assertThat(instance.runIfDue()).get().isInstanceOf(TransferFailedException.class);
        assertThat(instance.runIfDue()).as("no longer due").isEmpty();
        assertThat(night.entry().getString("outcome")).contains("the disk is gone");
        assertThat(night.events())
                .containsExactly(
                        "Started SCHEDULED_BACKUP",
                        "Started BACKUP",
                        "Failed BACKUP TransferFailedException",
                        "Failed SCHEDULED_BACKUP TransferFailedException");
        broken[0] = false;
        night.at("03:00");
        assertThat(instance.runIfDue()).isEmpty();
        assertThat(night.backups()).containsExactly("03:00");
    }

    @Test
    void aQuerySetSelectsThePartToBackUp(TestMongo mongo) {
        Night night = night(mongo);
        BackupSchedule part = new BackupSchedule(
                "part", Night.HOURS, "kennel", null, null, QuerySetRequest.of("NoDogs"), Pace.FULL, true, null);
        ScheduledBackup instance = night.instance(Duration.ZERO, () -> {}, Night.LOCK, part);
        night.at("03:00");
        instance.runIfDue();
        assertThat(night.newest().isPartial()).isTrue();
        assertThat(night.newest().documents()).isZero();
    }

    @Test
    void oldBackupsAreRemovedAfterTheNewOneIsVerified(TestMongo mongo) {
        Night night = night(mongo);
        BackupSchedule schedule = Night.schedule(true, Retention.NONE.keep(RetentionInterval.LAST, 2));
        ScheduledBackup instance = night.instance(Duration.ZERO, () -> {}, Night.LOCK, schedule);
        for (String time : List.of("02:00", "03:00", "04:00")) {
            night.at(time);
            instance.runIfDue();
        }
        assertThat(night.backups()).containsExactly("03:00", "04:00");
        assertThat(night.events())
                .endsWith(
                        "Started SCHEDULED_BACKUP",
                        "Started BACKUP",
                        "Succeeded BACKUP",
                        "Started VERIFICATION",
                        "Succeeded VERIFICATION",
                        "Started PRUNE",
                        "Succeeded PRUNE",
                        "Succeeded SCHEDULED_BACKUP");
    }

    @Test
    void nothingIsRemovedIfTheNewBackupIsDamaged(TestMongo mongo) {
        Night night = night(mongo);
        BackupSchedule schedule = Night.schedule(true, Retention.NONE.keep(RetentionInterval.LAST, 1));
        ScheduledBackup instance = night.instance(Duration.ZERO, () -> {}, Night.LOCK, schedule);
        night.at("03:00");
        instance.runIfDue();
        assertThat(night.backups()).containsExactly("03:00");
        night.at("04:00");
        night.beforeReading(this::damage);
        assertThat(instance.runIfDue()).as("there is a backup").isEmpty();
        assertThat(night.backups()).containsExactly("03:00", "04:00");
        assertThat(night.entry().getString("outcome")).contains("is damaged, so no other backup was removed");
        assertThat(night.events())
                .endsWith("Succeeded VERIFICATION", "Failed SCHEDULED_BACKUP TransferFailedException");
    }

    @Test
    void theScheduleContinuesIfItsEntryIsRemoved(TestMongo mongo) {
        Night night = night(mongo);
        ScheduledBackup instance = night.instance();
        instance.runIfDue();
        mongo.database().getCollection("monarch.schedules").drop();
        night.at("02:00");
        instance.runIfDue();
        assertThat(night.backups()).containsExactly("02:00");
    }

    private void damage(String backup) {
        try (Stream<Path> files = Files.list(parent.resolve("backups"))) {
            Path data = files.filter(file -> file.getFileName().toString().startsWith(backup + ".archive"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(data);
            bytes[bytes.length / 2] ^= 1;
            Files.write(data, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void died(TestMongo mongo, int attempts) {
        mongo.database().getCollection("monarch.schedules").drop();
        mongo.database()
                .getCollection("monarch.schedules")
                .insertOne(new Document("_id", "hourly")
                        .append("slot", Date.from(Instant.parse("2026-11-20T02:00:00Z")))
                        .append("state", "RUNNING")
                        .append("run", "of the dead")
                        .append("attempts", attempts)
                        .append("host", "web-1:4711")
                        .append("since", Date.from(Instant.parse("2026-11-20T02:00:00Z"))));
    }

    /** All of them at the same time. */
    private static void all(List<ScheduledBackup> instances) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(instances.size());
        try {
            CyclicBarrier start = new CyclicBarrier(instances.size());
            List<Future<?>> ends = new ArrayList<>();
            for (ScheduledBackup instance : instances) {
                ends.add(threads.submit(() -> {
                    start.await();
                    instance.runIfDue();
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
