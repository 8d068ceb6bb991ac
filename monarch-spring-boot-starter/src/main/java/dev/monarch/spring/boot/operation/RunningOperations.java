package dev.monarch.spring.boot.operation;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupReport;
import dev.monarch.backup.Manifest;
import dev.monarch.backup.VerificationReport;
import dev.monarch.engine.Scrubbed;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.spring.boot.operation.TrackedOperation.OperationEnd;
import dev.monarch.spring.boot.operation.TrackedOperation.OperationProgress;

/** Follows the operations of this process: those that are running, and the last ones that ended. Thread-safe. */
public final class RunningOperations implements OperationListener, MigrationListener {

    private static final int MOST_ENDED = 20;

    private final Clock clock;

    /** By the id of an operation, or by the migration. */
    private final Map<Object, TrackedOperation> running = new HashMap<>();

    private final Deque<TrackedOperation> ended = new ArrayDeque<>();

    /**
     * Creates an instance without operations.
     *
     * @param clock provides the current time
     */
    public RunningOperations(Clock clock) {
        this.clock = clock;
    }

    /** {@return the operations that are running, the oldest first} */
    public synchronized List<TrackedOperation> running() {
        return running.values().stream()
                .sorted(Comparator.comparing(TrackedOperation::started))
                .toList();
    }

    /** {@return the last operations that ended, the newest first} */
    public synchronized List<TrackedOperation> ended() {
        return new ArrayList<>(ended);
    }

    /**
     * Runs work that has no listener, and tracks it.
     *
     * @param kind what it does
     * @param environment the environment that it changes
     * @param work what to do; it returns a description of the result
     */
    public void track(String kind, String environment, Supplier<String> work) {
        UUID id = UUID.randomUUID();
        start(id, id, kind, environment, null);
        try {
            end(id, work.get(), null);
        } catch (RuntimeException | Error e) {
            end(id, null, e);
            throw e;
        }
    }

    @Override
    public void onEvent(OperationEvent event) {
        Operation operation = event.operation();
        UUID id = operation.id();
        if (event instanceof OperationEvent.Started) {
            start(id, id, OperationName.of(operation.kind()), operation.environment(), operation.subject());
        } else if (event instanceof OperationEvent.Progressed at) {
            Long expected = at.expectedBytes() < 0 ? null : at.expectedBytes();
            progress(
                    id,
                    operation.kind() == Operation.Kind.BACKFILL
                            ? new OperationProgress(at.phase(), at.documents(), null, "documents")
                            : new OperationProgress(at.phase(), at.bytes(), expected, "bytes"));
        } else if (event instanceof OperationEvent.Succeeded succeeded) {
            end(id, resultOf(succeeded.result()), null);
        } else if (event instanceof OperationEvent.Failed failed) {
            end(id, null, failed.error());
        }
    }

    @Override
    public void onEvent(MigrationEvent event) {
        String environment = event.environment();
        if (event instanceof MigrationEvent.Started started) {
            start(OperationName.MIGRATION, environment, started.migration().id());
        } else if (event instanceof MigrationEvent.RollingBack started) {
            start(OperationName.ROLLBACK, environment, started.rollback().id());
        } else if (event instanceof MigrationEvent.Progress at) {
            Long total = at.total() == 0 ? null : at.total();
            progress(
                    new MigrationKey(environment, at.id()),
                    new OperationProgress(at.message(), at.done(), total, null));
        } else if (event instanceof MigrationEvent.Applied applied) {
            end(new MigrationKey(environment, applied.migration().id()), null, null);
        } else if (event instanceof MigrationEvent.RolledBack rolledBack) {
            end(new MigrationKey(environment, rolledBack.migration().id()), null, null);
        } else if (event instanceof MigrationEvent.Failed failed) {
            end(new MigrationKey(environment, failed.id()), null, failed.error());
        } else if (event instanceof MigrationEvent.RollbackFailed failed) {
            end(new MigrationKey(environment, failed.id()), null, failed.error());
        }
    }

    private void start(String kind, String environment, String migration) {
        start(new MigrationKey(environment, migration), UUID.randomUUID(), kind, environment, migration);
    }

    private synchronized void start(
            Object key, UUID id, String kind, @Nullable String environment, @Nullable String subject) {
        running.put(key, TrackedOperation.started(id, kind, environment, subject, clock.instant()));
    }

    private synchronized void progress(Object key, OperationProgress progress) {
        running.computeIfPresent(key, (same, operation) -> operation.at(progress));
    }

    private synchronized void end(Object key, @Nullable String result, @Nullable Throwable error) {
        TrackedOperation operation = running.remove(key);
        if (operation == null) {
            return;
        }
        String line = error == null ? null : Scrubbed.firstLine(error);
        ended.addFirst(operation.ended(new OperationEnd(clock.instant(), result, line)));
        if (ended.size() > MOST_ENDED) {
            ended.removeLast();
        }
    }

    private static @Nullable String resultOf(Object result) {
        if (result instanceof BackupReport report) {
            return report.name();
        }
        if (result instanceof VerificationReport report) {
            return report.ok() ? "good" : "damaged";
        }
        return result instanceof Manifest copy ? copy.name() : null;
    }

    private record MigrationKey(String environment, String id) {}
}
