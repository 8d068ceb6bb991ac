package dev.monarch.spring.boot.actuate;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.BackupStores;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.actuate.ActuatorProperties.HttpOperation;
import dev.monarch.transfer.TransferProgress.TransferListener;

/** Prepares what was requested: everything that can be refused at once is refused before anything starts. */
final class RequestedWork {

    private final EnvironmentRegistry environments;

    private final BackupStores stores;

    private final ObjectProvider<BackupService> backups;

    private final RequestedMigration migration;

    RequestedWork(
            EnvironmentRegistry environments,
            BackupStores stores,
            ObjectProvider<BackupService> backups,
            RequestedMigration migration) {
        this.environments = environments;
        this.stores = stores;
        this.backups = backups;
        this.migration = migration;
    }

    /**
     * Prepares an operation.
     *
     * @param request the request
     * @return what to do
     * @throws dev.monarch.MonarchException if there is no such environment, store or backup, or if the migrations cannot run on
     *     the environment
     */
    Runnable prepare(OperationRequest request) {
        return switch (request.operation()) {
            case MIGRATE -> migration.prepare(request.environment());
            case BACKUP -> backup(request.environment(), request.store());
            case VERIFY -> verification(Objects.requireNonNull(request.backup()), request.store());
            case PACE, PAUSE, RESUME, RATE ->
                throw new IllegalArgumentException(request.operation() + " starts nothing");
        };
    }

    private Runnable backup(@Nullable String name, @Nullable String store) {
        MonarchEnvironment environment = name == null ? environments.own() : environments.get(name);
        BackupRequest request =
                BackupRequest.of(environment.name()).into(stores.get(store).name());
        return () -> backups.getObject().backup(request);
    }

    private Runnable verification(String backup, @Nullable String store) {
        stores.get(store).find(backup);
        return () -> backups.getObject().verify(BackupSource.stored(backup, store), TransferListener.NONE);
    }

    /**
     * A request.
     *
     * @param operation what to do
     * @param environment the environment to migrate or back up; null for the application's own
     * @param store the store; null for the default one
     * @param backup the backup to verify; null if none is verified
     */
    record OperationRequest(
            HttpOperation operation,
            @Nullable String environment,
            @Nullable String store,
            @Nullable String backup) {}
}
