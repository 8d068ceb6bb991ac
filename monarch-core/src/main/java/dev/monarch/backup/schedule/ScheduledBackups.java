package dev.monarch.backup.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockHeldException;
import dev.monarch.TransferFailedException;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.backup.schedule.BackupSchedule.ScheduleStatus;
import dev.monarch.backup.schedule.ScheduleEntry.State;
import dev.monarch.engine.environment.ObservedOperation;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.ProcessName;
import dev.monarch.engine.lock.Uninterrupted;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.LockEvent;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** Creates this instance's participants in schedules. Immutable. */
public final class ScheduledBackups {

    private final EnvironmentRegistry environments;

    private final ScheduleRun work;

    private final LockSettings lock;

    private final Clock clock;

    /**
     * Creates a factory. Environments are opened on first use.
     *
     * @param environments the environments that can be backed up
     * @param stores the stores for backups
     * @param backups takes and verifies the backups
     * @param retention decides which backups to remove
     * @param lock the timing of an environment's lock
     * @param clock provides the current time
     */
    public ScheduledBackups(
            EnvironmentRegistry environments,
            BackupStores stores,
            BackupService backups,
            RetentionService retention,
            LockSettings lock,
            Clock clock) {
        this.environments = environments;
        this.work = new ScheduleRun(environments, backups, stores, retention);
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Takes part in a schedule. Backups that were due before the first instance took part are not caught up.
     *
     * @param schedule the schedule
     * @return this instance's participant
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     */
    public ScheduledBackup follow(BackupSchedule schedule) {
        return new ScheduledBackup(schedule, work, environments, lock, clock);
    }

    /**
     * The participant of one instance in a schedule.
     *
     * <p>Each due time is used by one instance: the one that changes the schedule's entry first. It takes the lock of
     * the environment and runs. If due times passed while no instance was running, only the latest is caught up. A
     * due time during an earlier run is skipped. If the instance of a due time was stopped or died, another instance
     * may claim it. Not thread-safe.
     */
    public static final class ScheduledBackup {

        private static final Logger log = LoggerFactory.getLogger(ScheduledBackup.class);

        private static final int MAX_ATTEMPTS = 3;

        private final BackupSchedule schedule;

        private final ScheduleRun work;

        private final EnvironmentRegistry environments;

        private final MonarchEnvironment environment;

        private final LockSettings lock;

        private final Clock clock;

        /** For a new schedule, earlier due times are not caught up. */
        private final Instant begun;

        private @Nullable Instant over;

        ScheduledBackup(
                BackupSchedule schedule,
                ScheduleRun work,
                EnvironmentRegistry environments,
                LockSettings lock,
                Clock clock) {
            this.schedule = schedule;
            this.work = work;
            this.environments = environments;
            this.environment = environments.get(schedule.environment());
            this.lock = lock;
            this.clock = clock;
            this.begun = Objects.requireNonNullElse(schedule.times().latest(clock.instant()), Instant.EPOCH);
        }

        /**
         * Takes the backup if it is due and no other instance takes it.
         *
         * <p>A failure of the backup is logged, and its due time is finished. The listener of the registry hears of the run as
         * a {@link Operation.Kind#SCHEDULED_BACKUP}, from when it holds the lock, and of a due time that ends without one.
         *
         * @return the failure because of which there is no backup; empty if it was taken, was not due, or has to wait
         *     for another operation
         * @throws dev.monarch.TransferFailedException if the environment cannot be reached; call again later
         */
        public Optional<RuntimeException> runIfDue() {
            return OperationFailure.translated("look for a due backup of", environment.name(), this::runOnceIfDue);
        }

        private Optional<RuntimeException> runOnceIfDue() {
            Instant due = schedule.times().latest(clock.instant());
            Instant known = over;
            if (due == null || known != null && !due.isAfter(known)) {
                return Optional.empty();
            }
            ScheduleLedger ledger = ledger();
            ScheduleEntry entry = ledger.read(known != null ? known : begun);
            if (entry.isOver(due)) {
                over = due;
                return Optional.empty();
            }
            if (entry.state() == State.RUNNING) {
                return takeOverOrSkip(ledger, entry, due);
            }
            return ledger.claim(entry, due, clock.instant()).flatMap(run -> runUnderLock(ledger, run, due));
        }

        /**
         * Returns when to call {@link #runIfDue} again.
         *
         * @return the next due time; null if there is none
         */
        public @Nullable Instant nextDue() {
            return schedule.times().next(clock.instant());
        }

        /**
         * Returns when the next backup is due, and how the latest run of any instance ended; one round trip. Writes
         * nothing. Unlike the other methods, any thread may call it at any time.
         *
         * @return the state of the schedule
         * @throws dev.monarch.TransferFailedException if the environment cannot be reached
         */
        public ScheduleStatus status() {
            return OperationFailure.translated(
                    "read the schedules of",
                    environment.name(),
                    () -> new ScheduleStatus(
                            schedule,
                            nextDue(),
                            ledger().find().map(ScheduleEntry::latestRun).orElse(null)));
        }

        private ScheduleLedger ledger() {
            return new ScheduleLedger(environment.ownDatabase(), schedule.id(), ProcessName.get());
        }

        /** {@return the schedule} */
        public BackupSchedule schedule() {
            return schedule;
        }

        /** {@return the id of the schedule} */
        public String id() {
            return schedule.id();
        }

        /** A run holds the lock: if we acquire the lock, no other run is alive. */
        private Optional<RuntimeException> takeOverOrSkip(ScheduleLedger ledger, ScheduleEntry entry, Instant due) {
            try (HeldLock held = acquire(Duration.ZERO)) {
                return retry(ledger, entry, due, held);
            } catch (LockHeldException e) {
                if (!e.purpose().equals(purpose())) {
                    return waitAndTakeOver(ledger, entry, due);
                }
                if (entry.slot().isBefore(due) && ledger.skip(entry, due)) {
                    // The run may be of a dead process whose lease has not expired. The due time is checked again
                    // later.
                    logSkipped(due, entry.slot(), entry.host());
                }
                return Optional.empty();
            }
        }

        /**
         * Another operation holds the lock, so the run of the entry is dead or waits as well. This instance may wait
         * in both cases.
         */
        private Optional<RuntimeException> waitAndTakeOver(ScheduleLedger ledger, ScheduleEntry entry, Instant due) {
            try (HeldLock held = acquire(lock.waitAtMost())) {
                return retry(ledger, entry, due, held);
            } catch (LockHeldException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    ledger.claim(entry, due, clock.instant()).ifPresent(run -> endWithoutLock(ledger, run, due, e));
                }
                return Optional.empty();
            }
        }

        private Optional<RuntimeException> retry(
                ScheduleLedger ledger, ScheduleEntry entry, Instant due, HeldLock held) {
            if (entry.since().plus(lock.lease()).isAfter(clock.instant())) {
                // The other run may be about to acquire the lock.
                return Optional.empty();
            }
            if (entry.attemptsAt(due) >= MAX_ATTEMPTS) {
                ledger.end(entry.run(), "abandoned", due);
                over = due;
                log.error(
                        "Schedule {}: abandoned the backup due at {} after {} attempts, whose processes all died; the last"
                                + " one was {}. There is no backup of '{}' for this time",
                        schedule.id(),
                        due,
                        entry.attempts(),
                        entry.host(),
                        environment.name());
                TransferFailedException failure = abandoned(entry);
                observed(() -> RunOutcome.missed("abandoned", failure));
                return Optional.of(failure);
            }
            return ledger.claim(entry, due, clock.instant()).flatMap(run -> {
                log.warn("Schedule {}: {} died during the backup; it is taken again", schedule.id(), entry.host());
                return run(ledger, run, due, held);
            });
        }

        private TransferFailedException abandoned(ScheduleEntry entry) {
            return new TransferFailedException(
                    "back up",
                    environment.name(),
                    "the processes of all " + entry.attempts() + " attempts died",
                    List.of(),
                    null);
        }

        private Optional<RuntimeException> runUnderLock(ScheduleLedger ledger, String run, Instant due) {
            try (HeldLock held = acquire(lock.waitAtMost())) {
                return ledger.isOf(run) ? run(ledger, run, due, held) : Optional.empty();
            } catch (LockHeldException e) {
                if (Thread.currentThread().isInterrupted()) {
                    Uninterrupted.run(() -> ledger.release(run));
                } else {
                    endWithoutLock(ledger, run, due, e);
                }
                return Optional.empty();
            }
        }

        private void endWithoutLock(ScheduleLedger ledger, String run, Instant due, LockHeldException held) {
            log.error(
                    "Schedule {}: no backup for {}: {} No action is needed; the next backup is due at {}",
                    schedule.id(),
                    due,
                    held.getMessage(),
                    schedule.times().next(clock.instant()));
            observed(() -> {
                end(ledger, run, due, "locked");
                return RunOutcome.missed("locked", held);
            });
        }

        private RunOutcome observed(Supplier<RunOutcome> run) {
            return ObservedOperation.in(
                            environments, Operation.Kind.SCHEDULED_BACKUP, environment.name(), schedule.id())
                    .run(run, (operation, outcome) -> outcome.event(operation));
        }

        /** {@return the purpose in the lock, which distinguishes the runs of this schedule from other operations} */
        private String purpose() {
            return "scheduled backup " + schedule.id();
        }

        private HeldLock acquire(Duration waitAtMost) {
            LockSettings settings = new LockSettings(lock.lease(), lock.heartbeat(), waitAtMost, lock.skew());
            return new EnvironmentLock(environment, settings).acquire(purpose(), null, this::log);
        }

        private void log(LockEvent event) {
            if (event instanceof LockEvent.Waiting waiting && !waiting.atMost().isZero()) {
                log.info(
                        "Schedule {}: waiting for the lock of '{}', which {} holds",
                        schedule.id(),
                        environment.name(),
                        waiting.holder());
            }
        }

        private Optional<RuntimeException> run(ScheduleLedger ledger, String run, Instant due, HeldLock held) {
            return Optional.ofNullable(observed(() -> {
                        RunOutcome outcome = work.run(schedule, held);
                        if (outcome.isInterrupted()) {
                            Uninterrupted.run(() -> ledger.release(run));
                        } else {
                            Uninterrupted.run(() -> end(ledger, run, due, outcome.text()));
                        }
                        return outcome;
                    })
                    .missed());
        }

        /** Also finishes the due times that passed during the run. */
        private void end(ScheduleLedger ledger, String run, Instant due, String outcome) {
            Instant latest = Objects.requireNonNullElse(schedule.times().latest(clock.instant()), due);
            Instant passed = latest.isAfter(due) ? latest : due;
            Optional<Instant> before = ledger.end(run, outcome, passed);
            if (before.isPresent() && before.get().isBefore(passed)) {
                logSkipped(passed, due, "this process");
            }
            over = passed;
        }

        private void logSkipped(Instant skipped, Instant running, String host) {
            log.warn(
                    "Schedule {}: skipped the backup due at {}, because the backup due at {} was still running on {}",
                    schedule.id(),
                    skipped,
                    running,
                    host);
        }
    }
}
