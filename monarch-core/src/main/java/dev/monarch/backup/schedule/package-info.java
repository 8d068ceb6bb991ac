/**
 * Scheduled backups: which instance takes a due backup, and what a run does.
 *
 * <p>The due times come from {@link dev.monarch.backup.schedule.BackupSchedule.ScheduleTimes}. The database of the
 * environment decides which instance runs. This package has no threads or timers, and does not depend on Spring.
 */
@NullMarked
package dev.monarch.backup.schedule;

import org.jspecify.annotations.NullMarked;
