package dev.monarch.spring.boot.actuate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.Scrubbed;
import dev.monarch.spring.boot.actuate.ActuatorProperties.HttpOperation;
import dev.monarch.spring.boot.actuate.RequestedWork.OperationRequest;

/**
 * Runs what was requested over HTTP, each operation on a thread of its own, because it may take longer than a client waits.
 * Thread-safe. The end of the application interrupts what is running.
 */
final class RequestedOperations {

    private static final Logger log = LoggerFactory.getLogger(RequestedOperations.class);

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
}
