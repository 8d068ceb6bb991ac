package dev.monarch.engine.transfer;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.transfer.Pace;

/** A running operation whose pace this process and others can change. The log has each change. Thread-safe. */
public final class PacedOperation {

    private static final Logger log = LoggerFactory.getLogger(PacedOperation.class);

    /** The operations of this process by their ids, which are unique. */
    private static final Map<UUID, PacedOperation> RUNNING = new ConcurrentHashMap<>();

    private final Operation operation;

    private final TransferPace pace;

    PacedOperation(Operation operation, TransferPace pace) {
        this.operation = operation;
        this.pace = pace;
    }

    /**
     * Finds an operation that is running in this process.
     *
     * @param id its id
     * @return the operation; empty if none is running, or if it has no pace
     */
    public static Optional<PacedOperation> running(UUID id) {
        return Optional.ofNullable(RUNNING.get(id));
    }

    /** Runs the operation. */
    <R> R run(Supplier<R> work) {
        log.info("Started: {}, pace {}. Its id is {}", description(), pace(), operation.id());
        pace.watchedBy(new PaceWatch(this));
        RUNNING.put(operation.id(), this);
        try {
            return work.get();
        } finally {
            RUNNING.remove(operation.id());
        }
    }

    Operation operation() {
        return operation;
    }

    /** {@return what it does, as a noun phrase} */
    String description() {
        String kind = operation.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String of = operation.environment() != null ? operation.environment() : operation.subject();
        return kind + (of == null ? "" : " of '" + of + "'");
    }

    /** {@return its current pace} */
    public Pace pace() {
        return pace.current();
    }

    /**
     * Changes its pace.
     *
     * @param change the mode and the maximum rate
     * @param requestedBy who asks, for the log
     */
    public void change(Pace change, String requestedBy) {
        Pace before = pace();
        pace.change(change);
        log.info(
                "The pace of the {} is now {} (before: {}), as {} requested. Its id is {}",
                description(),
                pace(),
                before,
                requestedBy,
                operation.id());
    }
}
