package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

import dev.monarch.backfill.Backfills;
import dev.monarch.migration.MigrationSet;

/**
 * Runs the backfills while the application is ready, on a thread for each environment. When the application stops, they
 * end after the current batch, and free their locks.
 */
final class BackfillLifecycle
        implements SmartLifecycle, SmartInitializingSingleton, ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(BackfillLifecycle.class);

    private final Supplier<MigrationSet> migrations;

    private final Supplier<List<Backfills>> services;

    private final Duration timeout;

    private final List<Running> running = new ArrayList<>();

    /** The backfills of one environment, and the thread that runs them. */
    private record Running(Backfills backfills, Thread thread) {}

    /**
     * Creates it; nothing runs yet.
     *
     * @param migrations gives the migrations and the backfills of the application
     * @param services gives new services of all environments in which they run
     * @param timeout how long the end may take
     */
    BackfillLifecycle(Supplier<MigrationSet> migrations, Supplier<List<Backfills>> services, Duration timeout) {
        this.migrations = migrations;
        this.services = services;
        this.timeout = timeout;
    }

    @Override
    public void afterSingletonsInstantiated() {
        MigrationSet found = migrations.get();
        found.backfills().requireValid();
        if (hasBackfills(found)) {
            // Their ids must differ from those of the migrations.
            found.requireValid();
        }
    }

    private static boolean hasBackfills(MigrationSet found) {
        return !found.backfills().backfills().isEmpty();
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        start();
    }

    @Override
    public synchronized void start() {
        if (running.isEmpty() && hasBackfills(migrations.get())) {
            for (Backfills service : services.get()) {
                Thread thread = new Thread(
                        () -> run(service),
                        "monarch-backfills-" + service.environment().name());
                thread.setDaemon(true);
                running.add(new Running(service, thread));
                thread.start();
            }
        }
    }

    private static void run(Backfills service) {
        try {
            service.runAll();
        } catch (RuntimeException e) {
            log.error(
                    "Environment '{}': the backfills of this instance have ended",
                    service.environment().name(),
                    e);
        }
    }

    @Override
    public synchronized void stop() {
        running.forEach(each -> each.backfills().stop());
        long end = System.nanoTime() + timeout.toNanos();
        try {
            for (Running each : running) {
                each.thread().join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }

    /** The backfills start when the application is ready. */
    @Override
    public boolean isAutoStartup() {
        return false;
    }
}
