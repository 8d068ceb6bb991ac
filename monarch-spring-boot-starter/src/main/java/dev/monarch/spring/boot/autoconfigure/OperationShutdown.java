package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.context.SmartLifecycle;

import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.operation.InterruptibleOperations;

/**
 * Ends migrations and other operations cleanly when the application stops: before the web server and before the
 * MongoDB client, within the time that Spring Boot gives to a phase.
 *
 * <p>While the application still starts, Spring closes nothing before the start has ended, and a migration is part of
 * it. So a shutdown hook of the JVM does the same.
 */
final class OperationShutdown implements SmartLifecycle, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(OperationShutdown.class);

    /** A run that was about to begin is stopped at the next check. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Supplier<List<Migrator>> migrators;

    private final InterruptibleOperations operations;

    private final Duration timeout;

    private final Thread hook = new Thread(this::stopWork, "monarch-shutdown");

    private final Runnable handler = this::stopWork;

    /** The JVM and the context may end at the same time. */
    private final Object oneStopAtATime = new Object();

    /** Of {@link System#nanoTime}. The first caller sets it for all: together they must not take longer than the timeout. */
    private volatile @Nullable Long deadline;

    private volatile boolean gaveUp;

    private volatile boolean running;

    /**
     * Creates it; nothing is registered yet.
     *
     * @param migrators gives the migrators that exist
     * @param operations the running operations
     * @param timeout how long the end may take
     */
    OperationShutdown(Supplier<List<Migrator>> migrators, InterruptibleOperations operations, Duration timeout) {
        this.migrators = migrators;
        this.operations = operations;
        this.timeout = timeout;
    }

    /**
     * Lets the end of the JVM stop the operations, too. Spring Boot's own hook would not wait for a start that has not
     * ended; the handler makes it wait with the end of the log.
     */
    OperationShutdown registerHook() {
        Runtime.getRuntime().addShutdownHook(hook);
        SpringApplication.getShutdownHandlers().add(handler);
        return this;
    }

    @Override
    public void stop() {
        stopWork();
        running = false;
    }

    /** Every caller waits for the end, because it then closes what the operations need. */
    private void stopWork() {
        synchronized (oneStopAtATime) {
            if (gaveUp) {
                return;
            }
            Long end = deadline;
            if (end == null) {
                end = System.nanoTime() + timeout.toNanos();
                deadline = end;
            }
            try {
                stopAll(migrators.get(), end);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stopAll(List<Migrator> runners, long end) throws InterruptedException {
        Set<String> interrupted = new LinkedHashSet<>();
        do {
            operations.interrupt().stream().filter(interrupted::add).forEach(OperationShutdown::logInterrupted);
            stopMigrations(runners, interrupted);
            if (isIdle(runners)) {
                logEnd(interrupted);
                return;
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        } while (System.nanoTime() - end < 0);
        gaveUp = true;
        log.warn(
                "The interrupted operations have not ended within {} s. Their locks expire, and the next run"
                        + " continues from the state in the history",
                timeout.toSeconds());
    }

    private static void logEnd(Set<String> interrupted) {
        if (!interrupted.isEmpty()) {
            log.info("The interrupted operations have ended, and their locks are free");
        }
    }

    private static void stopMigrations(List<Migrator> runners, Set<String> interrupted) {
        for (Migrator migrator : runners) {
            if (migrator.isRunning()) {
                String run = InterruptibleOperations.migrationsOf(
                        migrator.environment().name());
                if (interrupted.add(run)) {
                    logInterrupted(run);
                }
                migrator.interrupt();
            }
        }
    }

    private static void logInterrupted(String operation) {
        log.info("The application is stopping. It interrupts {}", operation);
    }

    private boolean isIdle(List<Migrator> runners) {
        return operations.isIdle() && runners.stream().noneMatch(Migrator::isRunning);
    }

    @Override
    public void destroy() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            SpringApplication.getShutdownHandlers().remove(handler);
        } catch (IllegalStateException e) {
            log.trace("The JVM is ending already", e);
        }
    }

    @Override
    public void start() {
        synchronized (oneStopAtATime) {
            deadline = null;
            gaveUp = false;
            operations.allow();
        }
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops first: nothing that it interrupts may lose its connection before. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
