package dev.monarch.backup.schedule;

import java.time.Clock;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.LockSettings;

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
     * @param backups takes and verifies backups
     * @param retention removes others
     * @param lock how long the lock of an environment lasts and how long to wait for it
     * @param clock says what is due
     */
    public ScheduledBackups(
            EnvironmentRegistry environments,
            BackupService backups,
            RetentionService retention,
            LockSettings lock,
            Clock clock) {
        this.environments = environments;
        this.work = new ScheduleRun(backups, retention);
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
}
