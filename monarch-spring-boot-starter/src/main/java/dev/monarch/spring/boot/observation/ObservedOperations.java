package dev.monarch.spring.boot.observation;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.spring.boot.operation.OperationName;

/**
 * Observes each operation on its own thread, so that what happens inside it, such as a command of the driver or a backup
 * before a migration, belongs to it. Called before other listeners. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ObservedOperations implements OperationListener, MigrationListener {

    private static final MonarchObservationConvention DEFAULT_CONVENTION = new DefaultMonarchObservationConvention();

    private final ObservationRegistry registry;

    private final @Nullable MonarchObservationConvention convention;

    /** By the id of an operation, or by the run or migration of a thread. */
    private final Map<Object, Running> running = new ConcurrentHashMap<>();

    /**
     * Creates a listener.
     *
     * @param registry receives the observations
     * @param convention names them; null for that of the registry, or else the default
     */
    ObservedOperations(ObservationRegistry registry, @Nullable MonarchObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public void onEvent(OperationEvent event) {
        Operation operation = event.operation();
        UUID id = operation.id();
        if (event instanceof OperationEvent.Started) {
            String name = OperationName.of(operation.kind());
            // A trace of a backfill would have the commands of hours or days.
            boolean scoped = operation.kind() != Operation.Kind.BACKFILL;
            start(id, name, operation.environment(), operation.subject(), scoped);
        } else if (event instanceof OperationEvent.Succeeded succeeded) {
            end(id, succeeded.result());
        } else if (event instanceof OperationEvent.Failed failed) {
            fail(id, failed.error());
        }
    }

    @Override
    public void onEvent(MigrationEvent event) {
        String environment = event.environment();
        if (event instanceof MigrationEvent.RunStarted) {
            start(MigrationKey.ofRun(environment), OperationName.RUN, environment, null);
        } else if (event instanceof MigrationEvent.RunFinished finished) {
            end(MigrationKey.ofRun(environment), finished.report());
        } else if (event instanceof MigrationEvent.RunFailed failed) {
            failOrMiss(MigrationKey.ofRun(environment), OperationName.RUN, failed.error());
        } else if (event instanceof MigrationEvent.Started started) {
            String id = started.migration().id();
            start(MigrationKey.of(environment, id), OperationName.MIGRATION, environment, id);
        } else if (event instanceof MigrationEvent.Applied applied) {
            end(MigrationKey.of(environment, applied.migration().id()), applied.migration());
        } else if (event instanceof MigrationEvent.Failed failed) {
            failOrMiss(MigrationKey.of(environment, failed.id()), OperationName.MIGRATION, failed.error());
        } else if (event instanceof MigrationEvent.RollingBack started) {
            String id = started.rollback().id();
            start(MigrationKey.of(environment, id), OperationName.ROLLBACK, environment, id);
        } else if (event instanceof MigrationEvent.RolledBack rolledBack) {
            end(MigrationKey.of(environment, rolledBack.migration().id()), rolledBack.migration());
        } else if (event instanceof MigrationEvent.RollbackFailed failed) {
            failOrMiss(MigrationKey.of(environment, failed.id()), OperationName.ROLLBACK, failed.error());
        }
    }

    private void start(Object key, String operation, @Nullable String environment, @Nullable String subject) {
        start(key, operation, environment, subject, true);
    }

    private void start(
            Object key, String operation, @Nullable String environment, @Nullable String subject, boolean scoped) {
        MonarchObservationContext context = new MonarchObservationContext(operation, environment, subject);
        Observation observation = MonarchObservation.OPERATION
                .observation(convention, DEFAULT_CONVENTION, () -> context, registry)
                .start();
        running.put(key, new Running(context, observation, scoped ? observation.openScope() : Observation.Scope.NOOP));
    }

    private void end(Object key, Object result) {
        Running ended = running.remove(key);
        if (ended != null) {
            ended.context().setResult(result);
            ended.stop();
        }
    }

    private void fail(Object key, Throwable error) {
        Running failed = running.remove(key);
        if (failed != null) {
            failed.observation().error(error);
            failed.stop();
        }
    }

    /** A run or migration that fails before it starts counts, too. */
    private void failOrMiss(MigrationKey key, String operation, Throwable error) {
        if (!running.containsKey(key)) {
            start(key, operation, key.environment(), key.migration());
        }
        fail(key, error);
    }

    private record Running(MonarchObservationContext context, Observation observation, Observation.Scope scope) {

        void stop() {
            try {
                scope.close();
            } finally {
                observation.stop();
            }
        }
    }

    /** All events of a run come from its thread. Another thread may be waiting to migrate the same environment. */
    private record MigrationKey(
            long thread, String environment, @Nullable String migration) {

        static MigrationKey ofRun(String environment) {
            return new MigrationKey(Thread.currentThread().getId(), environment, null);
        }

        static MigrationKey of(String environment, String migration) {
            return new MigrationKey(Thread.currentThread().getId(), environment, migration);
        }
    }
}
