package dev.monarch.spring.boot.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.monarch.OperationInterruptedException;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.migration.MigrationReport;
import dev.monarch.migration.Migrator;

/**
 * What threads of this process are doing that the end of the application interrupts: backups, restores, copies, and what
 * is run through it. Thread-safe.
 *
 * <p>A thread is interrupted once, whatever operations it runs inside another, because it cleans up afterwards.
 */
public final class InterruptibleOperations implements OperationListener {

    private final Map<Thread, Running> running = new LinkedHashMap<>();

    private volatile boolean stopping;

    /** Creates an instance that knows of no operation. */
    public InterruptibleOperations() {}

    /**
     * Runs work whose thread may be interrupted, unless the application is stopping.
     *
     * @param description what it does, for the log; null if only the operations inside it are worth a line
     * @param work what to do
     * @return whether it ran; false if the application is stopping
     */
    public boolean run(@Nullable String description, Runnable work) {
        return run(new Running(Thread.currentThread(), description, null), work);
    }

    /**
     * Runs pending migrations, which {@link Migrator#interrupt} may interrupt.
     *
     * @param migrator runs them
     * @return the report of the run
     * @throws OperationInterruptedException if the application is stopping
     * @throws dev.monarch.MonarchException what the migrator throws
     */
    public MigrationReport migrate(Migrator migrator) {
        String environment = migrator.environment().name();
        List<MigrationReport> report = new ArrayList<>();
        Running started = new Running(Thread.currentThread(), migrationsOf(environment), migrator::interrupt);
        if (!run(started, () -> report.add(migrator.migrate()))) {
            throw new OperationInterruptedException("migrate", environment, null);
        }
        return report.get(0);
    }

    /**
     * Describes a run for the log.
     *
     * @param environment the environment
     * @return the description
     */
    public static String migrationsOf(String environment) {
        return "the migrations of '" + environment + "'";
    }

    private boolean run(Running started, Runnable work) {
        synchronized (this) {
            if (stopping) {
                return false;
            }
            start(started);
        }
        try {
            work.run();
            return true;
        } finally {
            end(started.thread);
        }
    }

    @Override
    public void onEvent(OperationEvent event) {
        if (event.operation().kind() == Operation.Kind.BACKFILL) {
            // It ends after its current batch.
            return;
        }
        if (event instanceof OperationEvent.Started) {
            start(new Running(Thread.currentThread(), describe(event.operation()), null));
        } else if (event instanceof OperationEvent.Succeeded || event instanceof OperationEvent.Failed) {
            end(Thread.currentThread());
        }
    }

    private synchronized void start(Running started) {
        Running outer = running.get(started.thread);
        if (outer != null) {
            running.put(started.thread, outer.entering(started.description));
        } else {
            running.put(started.thread, stopping ? started.interruptingThread() : started);
        }
    }

    private synchronized void end(Thread thread) {
        running.computeIfPresent(thread, (same, operation) -> operation.leaving());
    }

    private static String describe(Operation operation) {
        return OperationName.words(operation.kind())
                + (operation.environment() != null ? " of '" + operation.environment() + "'" : "");
    }

    /**
     * Interrupts what is running. What starts from now on is refused, or interrupted at once.
     *
     * @return descriptions of what is running
     */
    public List<String> interrupt() {
        List<Running> interrupted = interruptThreads();
        interrupted.forEach(Running::interruptWork);
        return interrupted.stream()
                .map(Running::description)
                .filter(Objects::nonNull)
                .toList();
    }

    private synchronized List<Running> interruptThreads() {
        stopping = true;
        running.replaceAll((thread, operation) -> operation.interruptingThread());
        return List.copyOf(running.values());
    }

    /** {@return whether nothing is running} */
    public synchronized boolean isIdle() {
        return running.isEmpty();
    }

    /** Allows operations again, because the application was started after it had been stopped. */
    public synchronized void allow() {
        stopping = false;
    }

    /**
     * The outermost operation of a thread.
     *
     * @param thread the thread
     * @param description what it does, for the log; null if it is not worth a line
     * @param interruption interrupts it; null if its thread is interrupted
     * @param depth how many operations are running inside one another, with this one
     * @param interrupted whether its thread was interrupted
     */
    private record Running(
            Thread thread,
            @Nullable String description,
            @Nullable Runnable interruption,
            int depth,
            boolean interrupted) {

        Running(Thread thread, @Nullable String description, @Nullable Runnable interruption) {
            this(thread, description, interruption, 1, false);
        }

        Running entering(@Nullable String inner) {
            return new Running(thread, description == null ? inner : description, interruption, depth + 1, interrupted);
        }

        /** Returns null if it has ended. */
        @Nullable
        Running leaving() {
            return depth == 1 ? null : new Running(thread, description, interruption, depth - 1, interrupted);
        }

        Running interruptingThread() {
            if (interruption != null || interrupted) {
                return this;
            }
            thread.interrupt();
            return new Running(thread, description, null, depth, true);
        }

        /** Called without the monitor, because it talks to the server. */
        void interruptWork() {
            if (interruption != null) {
                interruption.run();
            }
        }
    }
}
