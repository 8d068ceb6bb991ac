package dev.monarch.backup.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.backup.schedule.BackupSchedule.ScheduleStatus;
import dev.monarch.engine.environment.ProcessName;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation;
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

        private final BackupSchedule schedule;

        private final ScheduleRun work;

        private final MonarchEnvironment environment;

        private final ScheduleLock lock;

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
            this.environment = environments.get(schedule.environment());
            this.lock = new ScheduleLock(schedule, environment, lock);
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
            DueBackup backup = new DueBackup(work, lock, ledger, clock, due);
            try {
                return backup.run(ledger.read(known != null ? known : begun));
            } finally {
                over = backup.over() != null ? backup.over() : known;
            }
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
    }
}
