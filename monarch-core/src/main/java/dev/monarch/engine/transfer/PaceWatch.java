package dev.monarch.engine.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.environment.Privileges;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Looks once a second for requests of other processes to change the pace of an operation, in the databases that the operation
 * is using. A thread of its own looks, and the first time after a second. Thread-safe.
 */
final class PaceWatch {

    private static final Logger log = LoggerFactory.getLogger(PaceWatch.class);

    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toMillis();

    private final PacedOperation operation;

    private final long startedAt = System.nanoTime();

    private final List<Watched> watched = new ArrayList<>();

    private final Set<UUID> seen = new HashSet<>();

    private @Nullable Thread looking;

    /** An environment; what is known about it belongs to the thread that looks. */
    private static final class Watched {

        private final MonarchEnvironment environment;

        private final PaceRequests requests;

        /** The start of the operation on the server's clock; null if it is not known yet. */
        private @Nullable Instant since;

        private boolean allowed = true;

        private Watched(MonarchEnvironment environment) {
            this.environment = environment;
            this.requests = new PaceRequests(environment);
        }
    }

    PaceWatch(PacedOperation operation) {
        this.operation = operation;
    }

    synchronized void observe(MonarchEnvironment environment) {
        watched.add(new Watched(environment));
        if (looking == null) {
            looking = new Thread(this::look, "monarch-pace-requests");
            looking.setDaemon(true);
            looking.start();
        }
    }

    /** The thread is not interrupted, because that would close its connection. It ends after its current look. */
    synchronized void end(MonarchEnvironment environment) {
        watched.removeIf(each -> each.environment == environment);
        if (watched.isEmpty()) {
            looking = null;
            notifyAll();
        }
    }

    private void look() {
        try {
            for (List<Watched> all = next(); !all.isEmpty(); all = next()) {
                all.forEach(this::look);
            }
        } catch (InterruptedException e) {
            log.debug("No process can change the pace of the {} any more", operation.description(), e);
        }
    }

    /** {@return the environments after a pause; empty at the end} */
    private synchronized List<Watched> next() throws InterruptedException {
        long until = System.nanoTime() + Duration.ofMillis(BETWEEN_LOOKS).toNanos();
        long left = BETWEEN_LOOKS;
        while (left > 0 && looking == Thread.currentThread()) {
            wait(left);
            left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        }
        return looking == Thread.currentThread() ? List.copyOf(watched) : List.of();
    }

    private void look(Watched at) {
        if (!at.allowed) {
            return;
        }
        try {
            for (PaceRequest request :
                    at.requests.forOperation(operation.operation().id())) {
                if (isFor(request, at) && seen.add(request.token())) {
                    operation.change(request.pace(), request.process());
                    confirm(request, at);
                }
            }
        } catch (MongoException e) {
            at.allowed = e.getCode() != Privileges.UNAUTHORIZED;
            if (!at.allowed) {
                log.info(
                        "Only this process can change the pace of the {}: the user may not read '{}' of '{}'",
                        operation.description(),
                        OwnCollections.PACE,
                        at.environment.name());
            }
            log.debug("Requests to change the pace could not be read", e);
        } catch (RuntimeException e) {
            // The client may have been closed.
            log.debug("Requests to change the pace could not be read", e);
        }
    }

    private boolean isFor(PaceRequest request, Watched at) {
        return !request.operation().equals(PaceRequests.ALL) || !request.isOlderThan(start(at));
    }

    private Instant start(Watched at) {
        if (at.since == null) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
            at.since = at.requests.serverTime().minus(elapsed);
        }
        return at.since;
    }

    private void confirm(PaceRequest request, Watched at) {
        try {
            at.requests.confirm(request, operation.operation(), operation.description(), operation.pace());
        } catch (MongoException e) {
            log.debug("The change of the pace could not be confirmed", e);
        }
    }
}
