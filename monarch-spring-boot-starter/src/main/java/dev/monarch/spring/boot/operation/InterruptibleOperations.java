package dev.monarch.spring.boot.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    private boolean stopping;

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
        if (event instanceof OperationEvent.Started) {
            start(new Running(Thread.currentThread(), describe(event.operation()), null));
        } else if (event instanceof OperationEvent.Succeeded || event instanceof OperationEvent.Failed) {
            end(Thread.currentThread());
        }
    }

    private synchronized void start(Running started) {
        Running outer = running.putIfAbsent(started.thread, started);
        if (outer != null) {
            outer.enter(started.description);
        } else if (stopping) {
            started.interruptThread();
        }
    }

    private synchronized void end(Thread thread) {
        Running ended = running.get(thread);
        if (ended != null && ended.leave()) {
            running.remove(thread);
        }
    }

    private static String describe(Operation operation) {
        return operation.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (operation.environment() != null ? " of '" + operation.environment() + "'" : "");
    }

    /**
     * Interrupts what is running. What starts from now on is refused, or interrupted at once.
     *
     * @return descriptions of what is running
     */
    public List<String> interrupt() {
        List<Running> interrupted;
        List<String> descriptions;
        synchronized (this) {
            stopping = true;
            interrupted = List.copyOf(running.values());
            descriptions = new ArrayList<>();
            for (Running operation : interrupted) {
                operation.interruptThread();
                if (operation.description != null) {
                    descriptions.add(operation.description);
                }
            }
        }
        interrupted.forEach(Running::interruptWork);
        return descriptions;
    }

    /** {@return whether nothing is running} */
    public synchronized boolean isIdle() {
        return running.isEmpty();
    }

    /** Allows operations again, because the application was started after it had been stopped. */
    public synchronized void allow() {
        stopping = false;
    }

    /** The outermost operation of a thread. Guarded by the monitor of its owner. */
    private static final class Running {

        private final Thread thread;

        private final @Nullable Runnable interruption;

        private @Nullable String description;

        private int depth = 1;

        private boolean interrupted;

        Running(Thread thread, @Nullable String description, @Nullable Runnable interruption) {
            this.thread = thread;
            this.description = description;
            this.interruption = interruption;
        }

        void enter(@Nullable String inner) {
            depth++;
            description = description == null ? inner : description;
        }

        /** {@return whether it has ended} */
        boolean leave() {
            return --depth == 0;
        }

        void interruptThread() {
            if (interruption == null && !interrupted) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /** Called without the monitor, because it talks to the server. */
        void interruptWork() {
            if (interruption != null) {
                interruption.run();
            }
        }
    }
}
