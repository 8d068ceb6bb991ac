package dev.monarch.spring.boot.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.spring.boot.actuate.ActuatorProperties.HttpOperation;
import dev.monarch.spring.boot.actuate.RequestedWork.OperationRequest;
import dev.monarch.spring.boot.advice.Scrubbed;

/**
 * Runs what was requested over HTTP, each operation on a thread of its own, because it may take longer than a client waits.
 * Thread-safe. Closing it interrupts what is running and waits for its end.
 */
final class RequestedOperations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RequestedOperations.class);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

    private final Set<HttpOperation> allowed;

    private final RequestedWork work;

    private final Map<OperationRequest, Thread> running = new HashMap<>();

    RequestedOperations(Set<HttpOperation> allowed, RequestedWork work) {
        this.allowed = allowed;
        this.work = work;
    }

    boolean allows(HttpOperation operation) {
        return allowed.contains(operation);
    }

    /**
     * Starts an operation.
     *
     * @param request the request
     * @return whether it was started; false if the same request is still running
     * @throws dev.monarch.MonarchException if it cannot be done; nothing was started
     */
    boolean start(OperationRequest request) {
        Runnable task = work.prepare(request);
        Thread thread = new Thread(() -> run(request, task), "monarch-requested");
        thread.setDaemon(true);
        synchronized (this) {
            if (running.putIfAbsent(request, thread) != null) {
                return false;
            }
            log.info("Requested over HTTP: {}", request);
            thread.start();
            return true;
        }
    }

    private void run(OperationRequest request, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("Requested over HTTP, and failed: {}: {}", request, Scrubbed.firstLine(e));
        } finally {
            synchronized (this) {
                running.remove(request);
            }
        }
    }

    @Override
    public void close() {
        List<Thread> stopped;
        synchronized (this) {
            stopped = new ArrayList<>(running.values());
        }
        stopped.forEach(Thread::interrupt);
        long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (Thread thread : stopped) {
            join(thread, Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
            if (thread.isAlive()) {
                log.warn(
                        "An operation that was requested over HTTP did not end; the application stops without waiting for it");
            }
        }
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
