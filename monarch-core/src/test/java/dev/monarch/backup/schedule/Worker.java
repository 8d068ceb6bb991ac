package dev.monarch.backup.schedule;

import java.util.concurrent.TimeUnit;

import dev.monarch.backup.schedule.ScheduledBackups.ScheduledBackup;

/** A thread of an instance that checks once whether a backup is due. */
final class Worker {

    private final Thread thread;

    private volatile boolean wasInterrupted;

    Worker(ScheduledBackup instance) {
        this.thread = new Thread(() -> {
            instance.runIfDue();
            wasInterrupted = Thread.currentThread().isInterrupted();
        });
        thread.start();
    }

    /** Tells whether it waits, or has ended without waiting. */
    boolean waits() {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.TERMINATED;
    }

    void interrupt() {
        thread.interrupt();
    }

    void join() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(60));
    }

    /** Tells whether its interrupt status was set when it ended. */
    boolean wasInterrupted() {
        return wasInterrupted;
    }
}
