/**
 * Backups that are due: which run of a schedule is whose, and what a run does.
 *
 * <p>What is due when is asked of {@link dev.monarch.backup.schedule.BackupSchedule.ScheduleTimes}; that each run is one instance's alone is
 * decided in the database that is backed up. Nothing here has a thread or a timer of its own, or knows Spring.
 */
@NullMarked
package dev.monarch.backup.schedule;

import org.jspecify.annotations.NullMarked;
