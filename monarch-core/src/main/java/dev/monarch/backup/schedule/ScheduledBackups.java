package dev.monarch.backup.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockHeldException;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.backup.schedule.ScheduleEntry.State;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.ProcessName;
import dev.monarch.engine.lock.Uninterrupted;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.LockEvent;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** Makes an instance's side of schedules. Immutable. */
public final class ScheduledBackups {

    private final EnvironmentRegistry environments;

    private final ScheduleRun work;

    private final LockSettings lock;

    private final Clock clock;

    /**
     * Creates it; nothing is opened.
     *
     * @param environments what can be backed up
     * @param stores where backups are kept
     * @param backups takes and verifies backups
     * @param retention decides which others are removed
     * @param lock how long the lock of an environment lasts and how long to wait for it
     * @param clock says what is due
     */
    public ScheduledBackups(
            EnvironmentRegistry environments,
            BackupStores stores,
            BackupService backups,
            RetentionService retention,
            LockSettings lock,
            Clock clock) {
        this.environments = environments;
        this.work = new ScheduleRun(backups, stores, retention);
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Begins to follow a schedule. What was due before any instance ever did so is not made up for.
     *
     * @param schedule the schedule
     * @return this instance's side of it
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     */
    public ScheduledBackup follow(BackupSchedule schedule) {
        return new ScheduledBackup(schedule, work, environments.get(schedule.environment()), lock, clock);
    }

    /**
     * One schedule as one of many instances has it.
     *
     * <p>Each time is one instance's alone: who changes the schedule's entry from what all have read takes the lock of the
     * environment and runs. A time that passed while nobody was there is made up for, but only the latest; one that comes while an
     * earlier one is still at work is skipped. A time whose instance was stopped, or died, is free again. Not safe for use by
     * several threads.
     */
    public static final class ScheduledBackup {

        private static final Logger log = LoggerFactory.getLogger(ScheduledBackup.class);

        private static final int MOST_ATTEMPTS = 3;

        private final BackupSchedule schedule;

        private final ScheduleRun work;

        private final MonarchEnvironment environment;

        private final LockSettings lock;

        private final Clock clock;

        /** What was due before is not made up for if nobody knows the schedule. */
        private final Instant begun;

        private @Nullable Instant over;

        ScheduledBackup(
                BackupSchedule schedule,
                ScheduleRun work,
                MonarchEnvironment environment,
                LockSettings lock,
                Clock clock) {
            this.schedule = schedule;
            this.work = work;
            this.environment = environment;
            this.lock = lock;
            this.clock = clock;
            this.begun = Objects.requireNonNullElse(schedule.times().latest(clock.instant()), Instant.EPOCH);
        }

        /**
         * Takes the backup if it is due and nobody else does.
         *
         * <p>What goes wrong with the backup is logged, and this time of the schedule is over then.
         *
         * @throws com.mongodb.MongoException if the environment cannot be asked; ask again later
         */
        public void runIfDue() {
            Instant due = schedule.times().latest(clock.instant());
            Instant known = over;
            if (due == null || known != null && !due.isAfter(known)) {
                return;
            }
            ScheduleLedger ledger = new ScheduleLedger(environment.ownDatabase(), schedule.id(), ProcessName.get());
            ScheduleEntry entry = ledger.read(known != null ? known : begun);
            if (entry.isOver(due)) {
                over = due;
            } else if (entry.state() == State.RUNNING) {
                runInPlaceOfTheDead(ledger, entry, due);
            } else {
                ledger.claim(entry, due, clock.instant()).ifPresent(run -> runUnderLock(ledger, run, due));
            }
        }

        /**
         * Returns when to ask again at the latest.
         *
         * @return the time at which the next backup is due, or null if none ever will be
         */
        public @Nullable Instant nextDue() {
            return schedule.times().next(clock.instant());
        }

        /**
         * Returns what tells the schedule from others.
         *
         * @return its id
         */
        public String id() {
            return schedule.id();
        }

        /** A run holds the lock: if we acquire the lock, no other run is alive. */
        private void runInPlaceOfTheDead(ScheduleLedger ledger, ScheduleEntry entry, Instant due) {
            try (HeldLock held = acquire(Duration.ZERO)) {
                takeAgain(ledger, entry, due, held);
            } catch (LockHeldException e) {
                if (!e.purpose().equals(purpose())) {
                    runBehindOthers(ledger, entry, due);
                } else if (entry.slot().isBefore(due) && ledger.skip(entry, due)) {
                    // The run may be that of a dead process whose lease is not over: this time is asked for again.
                    tellSkipped(due, entry.slot(), entry.host());
                }
            }
        }

        /** Somebody else holds the lock, so the run of the entry is dead or waits, too: neither keeps this one from waiting. */
        private void runBehindOthers(ScheduleLedger ledger, ScheduleEntry entry, Instant due) {
            try (HeldLock held = acquire(lock.waitAtMost())) {
                takeAgain(ledger, entry, due, held);
            } catch (LockHeldException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    ledger.claim(entry, due, clock.instant()).ifPresent(run -> endLocked(ledger, run, due, e));
                }
            }
        }

        private void takeAgain(ScheduleLedger ledger, ScheduleEntry entry, Instant due, HeldLock held) {
            if (entry.since().plus(lock.lease()).isAfter(clock.instant())) {
                // It may be about to take the lock at this moment.
                return;
            }
            if (entry.attemptsAt(due) >= MOST_ATTEMPTS) {
                ledger.end(entry.run(), "given up", due);
                over = due;
                log.error(
                        "Schedule {}: gave up the backup of {} after {} attempts, whose processes have all died; the last"
                                + " one was {}. There is no backup of '{}' for this time",
                        schedule.id(),
                        due,
                        entry.attempts(),
                        entry.host(),
                        environment.name());
                return;
            }
            Optional<String> run = ledger.claim(entry, due, clock.instant());
            if (run.isPresent()) {
                log.warn(
                        "Schedule {}: {} has not ended the backup and is gone; it is taken again",
                        schedule.id(),
                        entry.host());
                run(ledger, run.get(), due, held);
            }
        }

        private void runUnderLock(ScheduleLedger ledger, String run, Instant due) {
            try (HeldLock held = acquire(lock.waitAtMost())) {
                if (ledger.isOf(run)) {
                    run(ledger, run, due, held);
                }
            } catch (LockHeldException e) {
                if (Thread.currentThread().isInterrupted()) {
                    Uninterrupted.run(() -> ledger.giveBack(run));
                } else {
                    endLocked(ledger, run, due, e);
                }
            }
        }

        private void endLocked(ScheduleLedger ledger, String run, Instant due, LockHeldException held) {
            log.error(
                    "Schedule {}: no backup of {}: {} Nothing else is to be done; the next is due at {}",
                    schedule.id(),
                    due,
                    held.getMessage(),
                    schedule.times().next(clock.instant()));
            end(ledger, run, due, "locked");
        }

        /** Tells the runs of this schedule from those of others, and from whatever else the lock is held for. */
        private String purpose() {
            return "scheduled backup " + schedule.id();
        }

        private HeldLock acquire(Duration waitAtMost) {
            LockSettings settings = new LockSettings(lock.lease(), lock.heartbeat(), waitAtMost, lock.skew());
            return new EnvironmentLock(environment, settings).acquire(purpose(), null, this::tell);
        }

        private void tell(LockEvent event) {
            if (event instanceof LockEvent.Waiting waiting && !waiting.atMost().isZero()) {
                log.info(
                        "Schedule {}: waiting for the lock of '{}', which {} holds",
                        schedule.id(),
                        environment.name(),
                        waiting.holder());
            }
        }

        private void run(ScheduleLedger ledger, String run, Instant due, HeldLock held) {
            RunOutcome outcome = work.run(schedule, held);
            if (outcome.isInterrupted()) {
                Uninterrupted.run(() -> ledger.giveBack(run));
            } else {
                Uninterrupted.run(() -> end(ledger, run, due, outcome.text()));
            }
        }

        /** The times that came meanwhile are over, too. */
        private void end(ScheduleLedger ledger, String run, Instant due, String outcome) {
            Instant latest = Objects.requireNonNullElse(schedule.times().latest(clock.instant()), due);
            Instant passed = latest.isAfter(due) ? latest : due;
            Optional<Instant> before = ledger.end(run, outcome, passed);
            if (before.isPresent() && before.get().isBefore(passed)) {
                tellSkipped(passed, due, "this process");
            }
            over = passed;
        }

        private void tellSkipped(Instant skipped, Instant running, String host) {
            log.warn(
                    "Schedule {}: skipped what was due at {}, for that of {} was still at work on {}",
                    schedule.id(),
                    skipped,
                    running,
                    host);
        }
    }
}
