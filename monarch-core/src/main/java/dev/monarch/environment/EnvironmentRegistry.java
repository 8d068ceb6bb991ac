package dev.monarch.environment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.monarch.UnknownEnvironmentException;
import dev.monarch.engine.Checks;

/**
 * The configured environments and the application's own.
 *
 * <p>If the application's own environment has the name of a configured one, it replaces that one. Thread-safe.
 */
public final class EnvironmentRegistry implements AutoCloseable {

    private final Map<String, MonarchEnvironment> configured = new LinkedHashMap<>();

    private final Supplier<MonarchEnvironment> ownSupplier;

    private final OperationListener listener;

    private @Nullable MonarchEnvironment own;

    /**
     * Creates a registry.
     *
     * @param own provides the application's own environment; called once, on the first use of the registry
     * @param configured the configured environments, in the order of {@link #names()}
     */
    public EnvironmentRegistry(Supplier<MonarchEnvironment> own, Collection<MonarchEnvironment> configured) {
        this(own, configured, OperationListener.NONE);
    }

    /**
     * Creates a registry whose operations are observed.
     *
     * @param own provides the application's own environment; called once, on the first use of the registry
     * @param configured the configured environments, in the order of {@link #names()}
     * @param listener receives the operations of all services that use this registry
     */
    public EnvironmentRegistry(
            Supplier<MonarchEnvironment> own, Collection<MonarchEnvironment> configured, OperationListener listener) {
        this.ownSupplier = own;
        this.listener = listener;
        configured.forEach(environment -> this.configured.put(environment.name(), environment));
    }

    /**
     * Returns the application's own environment.
     *
     * @return the environment of the application's own connection
     */
    public synchronized MonarchEnvironment own() {
        if (own == null) {
            own = ownSupplier.get();
        }
        return own;
    }

    /**
     * Returns an environment by its name.
     *
     * @param name the exact name
     * @return the environment
     * @throws UnknownEnvironmentException if there is no environment of that name; its message lists the existing
     *     names
     */
    public MonarchEnvironment get(String name) {
        if (own().name().equals(name)) {
            return own();
        }
        MonarchEnvironment environment = configured.get(name);
        if (environment == null) {
            throw new UnknownEnvironmentException(name, names());
        }
        return environment;
    }

    /**
     * Returns the names of all environments.
     *
     * @return the configured environments in their order; the application's own is first, unless it replaces one of
     *     them
     */
    public List<String> names() {
        List<String> names = new ArrayList<>(configured.keySet());
        if (!names.contains(own().name())) {
            names.add(0, own().name());
        }
        return List.copyOf(names);
    }

    /** {@return the listener for the operations of all services that use this registry} */
    public OperationListener listener() {
        return listener;
    }

    /** Closes all clients that the environments of this registry have opened. */
    @Override
    public synchronized void close() {
        configured.values().forEach(MonarchEnvironment::close);
        if (own != null) {
            own.close();
        }
    }

    /**
     * Receives the start, the progress and the end of each operation of the services in this process. Migrations have
     * their own listener.
     */
    @FunctionalInterface
    public interface OperationListener {

        /** Ignores all events. */
        OperationListener NONE = event -> {};

        /**
         * Called for each event. Progress is reported on a separate thread, everything else on the thread of the
         * operation. An exception is logged and does not affect the operation.
         *
         * @param event the step
         */
        void onEvent(OperationEvent event);
    }

    /**
     * An operation of a service.
     *
     * @param id identifies it
     * @param kind what it does
     * @param environment the environment that it reads or changes; null if it touches no environment
     * @param subject what it reads: a backup, or the source of a copy; the schedule of a scheduled backup; the id of a backfill;
     *     null if it reads the environment
     */
    public record Operation(
            UUID id,
            Kind kind,
            @Nullable String environment,
            @Nullable String subject) {

        /**
         * Creates an operation with a new id.
         *
         * @param kind what it does
         * @param environment the environment that it reads or changes; null if it touches no environment
         * @param subject what it reads: a backup, or the source of a copy; the schedule of a scheduled backup; null if it reads
         *     the environment
         * @return the operation
         */
        public static Operation of(Kind kind, @Nullable String environment, @Nullable String subject) {
            return new Operation(UUID.randomUUID(), kind, environment, subject);
        }

        /** What an operation does. */
        public enum Kind {
            /** Takes a backup of an environment. */
            BACKUP,
            /** Verifies a backup. */
            VERIFICATION,
            /** Copies a backup into another store. */
            BACKUP_COPY,
            /** Removes the backups that a retention policy does not keep. */
            PRUNE,
            /** Restores a backup into an environment. */
            RESTORE,
            /** Copies one environment into another. */
            COPY,
            /** Changes the documents of a collection in the background, from when this process holds the lock of the backfill. */
            BACKFILL,
            /**
             * Does what a schedule asks for: takes a backup, verifies it and prunes others. Each of them is an operation of its
             * own inside it.
             */
            SCHEDULED_BACKUP
        }
    }

    /** A step of an operation. After {@code Started} there is exactly one {@code Succeeded} or {@code Failed}. */
    public sealed interface OperationEvent {

        /** {@return the operation} */
        Operation operation();

        /**
         * The operation starts.
         *
         * @param operation the operation
         */
        record Started(Operation operation) implements OperationEvent {}

        /**
         * The operation has made progress. Published about twice a second while data is transferred.
         *
         * @param operation the operation
         * @param phase the current phase, in one or two words
         * @param documents the number of documents so far
         * @param bytes their size, uncompressed; 0 for a backfill
         * @param expectedBytes the expected size of all; -1 if unknown
         */
        record Progressed(Operation operation, String phase, long documents, long bytes, long expectedBytes)
                implements OperationEvent {

            /**
             * Creates the step.
             *
             * @throws IllegalArgumentException if {@code documents} or {@code bytes} is negative, or {@code expectedBytes} is less than -1
             */
            public Progressed {
                Checks.atLeast("documents", documents, 0);
                Checks.atLeast("bytes", bytes, 0);
                Checks.atLeast("expectedBytes", expectedBytes, -1);
            }
        }

        /**
         * The operation has ended and returned a result.
         *
         * @param operation the operation
         * @param result the result that the caller gets, such as a {@code BackupReport}
         */
        record Succeeded(Operation operation, Object result) implements OperationEvent {}

        /**
         * The operation has failed. A failed scheduled backup has no caller; all others have thrown the error.
         *
         * @param operation the operation
         * @param error why; an {@link dev.monarch.OperationInterruptedException} if it was interrupted
         */
        record Failed(Operation operation, Throwable error) implements OperationEvent {}
    }
}
