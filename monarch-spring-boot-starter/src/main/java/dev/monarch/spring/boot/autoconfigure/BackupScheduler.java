package dev.monarch.spring.boot.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

import dev.monarch.TransferFailedException;
import dev.monarch.backup.schedule.BackupSchedule.ScheduleStatus;
import dev.monarch.backup.schedule.ScheduledBackups.ScheduledBackup;
import dev.monarch.spring.boot.operation.InterruptibleOperations;

/**
 * Takes backups when they are due, on its own thread, while the application is ready.
 *
 * <p>It does not use the application's scheduler, because a backup may take an hour. Before the application is ready,
 * migrations may need the lock that a backup would hold.
 */
public final class BackupScheduler implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(BackupScheduler.class);

    /** Short enough to detect that the machine slept, or that another instance died. */
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private final List<ScheduledBackup> schedules;

    private final Clock clock;

    private final InterruptibleOperations operations;

    private final Set<ScheduledBackup> unanswered = new HashSet<>();

    private volatile @Nullable Thread thread;

    BackupScheduler(List<ScheduledBackup> schedules, Clock clock, InterruptibleOperations operations) {
        this.schedules = List.copyOf(schedules);
        this.clock = clock;
        this.operations = operations;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        start();
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            Thread started = new Thread(this::run, "monarch-schedules");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    /**
     * Returns the state of each schedule of this application; one round trip for each. Any thread may call it.
     *
     * @return the states, in the order of the schedules
     * @throws TransferFailedException if an environment cannot be reached
     */
    public List<ScheduleStatus> statuses() {
        return schedules.stream().map(ScheduledBackup::status).toList();
    }

    private void run() {
        while (isMine()) {
            operations.run(null, () -> schedules.forEach(this::runIfDue));
            pause();
        }
    }

    private boolean isMine() {
        return Thread.currentThread() == thread;
    }

    private void runIfDue(ScheduledBackup schedule) {
        if (!isMine()) {
            return;
        }
        try {
            schedule.runIfDue().ifPresent(failure -> logNextStep(new MissedBackup(schedule.schedule(), failure)));
            unanswered.remove(schedule);
        } catch (Throwable e) {
            // Catch everything: otherwise no log would show that backups are no longer taken.
            if (isMine() && unanswered.add(schedule)) {
                log.error(
                        "Schedule {}: cannot find out whether a backup is due ({}); trying again every minute",
                        schedule.id(),
                        e.getMessage(),
                        e instanceof TransferFailedException ? null : e);
            }
        }
    }

    private static void logNextStep(MissedBackup missed) {
        log.warn("Schedule {}: {}", missed.schedule().id(), missed.nextStep());
    }

    private void pause() {
        Duration pause = MAX_PAUSE;
        Instant now = clock.instant();
        for (ScheduledBackup schedule : schedules) {
            Instant next = schedule.nextDue();
            if (next != null && Duration.between(now, next).compareTo(pause) < 0) {
                pause = Duration.between(now, next);
            }
        }
        LockSupport.parkNanos(this, Math.max(0, pause.toNanos()) + 1);
    }

    /** Begins no further backup. The end of the application interrupts a running one, and waits for it. */
    @Override
    public synchronized void stop() {
        Thread stopped = thread;
        thread = null;
        LockSupport.unpark(stopped);
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** The scheduler starts when the application is ready. */
    @Override
    public boolean isAutoStartup() {
        return false;
    }
}
