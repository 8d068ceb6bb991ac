package dev.monarch.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;

/**
 * The backups, restores, copies and other operations that threads of this process are running. Each is interrupted once
 * at most, because its thread cleans up afterwards.
 */
final class InterruptibleOperations implements OperationListener {

    private final Map<UUID, Running> running = new LinkedHashMap<>();

    private volatile boolean stopping;

    private record Running(Operation operation, Thread thread) {

        /** The scheduler interrupts its own thread. */
        void interrupt() {
            if (!thread.getName().equals(BackupScheduler.THREAD)) {
                thread.interrupt();
            }
        }

        @Override
        public String toString() {
            return operation.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (operation.environment() != null ? " of '" + operation.environment() + "'" : "");
        }
    }

    @Override
    public synchronized void onEvent(OperationEvent event) {
        UUID id = event.operation().id();
        if (event instanceof OperationEvent.Started) {
            Running started = new Running(event.operation(), Thread.currentThread());
            running.put(id, started);
            if (stopping) {
                started.interrupt();
            }
        } else if (event instanceof OperationEvent.Succeeded || event instanceof OperationEvent.Failed) {
            running.remove(id);
        }
    }

    /**
     * Interrupts the threads of all operations, and of those that will start from now on.
     *
     * @return the interrupted operations, for people
     */
    synchronized List<String> interrupt() {
        if (stopping) {
            return List.of();
        }
        stopping = true;
        running.values().forEach(Running::interrupt);
        return running.values().stream().map(Running::toString).toList();
    }

    synchronized boolean isIdle() {
        return running.isEmpty();
    }
}
