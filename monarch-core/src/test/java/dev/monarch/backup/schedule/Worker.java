package dev.monarch.backup.schedule;

import java.util.concurrent.TimeUnit;

import dev.monarch.backup.schedule.ScheduledBackups.ScheduledBackup;

/** A thread of an instance's own that sees once whether anything is due. */
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

    /** Tells whether it waits for something, or has ended without. */
    boolean waits() {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.TERMINATED;
    }

    void interrupt() {
        thread.interrupt();
    }

    void join() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(60));
    }

    /** Tells whether it ended as a thread that still is to know of an interrupt. */
    boolean wasInterrupted() {
        return wasInterrupted;
    }
}
