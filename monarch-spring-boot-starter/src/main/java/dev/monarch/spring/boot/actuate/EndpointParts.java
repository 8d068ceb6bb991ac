package dev.monarch.spring.boot.actuate;

import java.util.List;
import java.util.Optional;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

import dev.monarch.MonarchException;
import dev.monarch.backfill.Backfills;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStores;
import dev.monarch.engine.MonarchVersion;
import dev.monarch.engine.Scrubbed;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.autoconfigure.BackupScheduler;
import dev.monarch.spring.boot.operation.RunningOperations;
import dev.monarch.spring.boot.status.EnvironmentReader;
import dev.monarch.spring.boot.status.EnvironmentStatus;
import dev.monarch.transfer.TransferProgress.RunningTransfers;

/** Reads the parts that the endpoint shows. It opens no connection to an environment that it is not asked for. */
final class EndpointParts {

    private final EnvironmentReader reader;

    private final BackupStores stores;

    private final ObjectProvider<BackupScheduler> schedulers;

    private final RunningOperations operations;

    private final ObjectProvider<Backfills> backfills;

    private final RunningTransfers transfers = new RunningTransfers();

    EndpointParts(
            EnvironmentReader reader,
            BackupStores stores,
            ObjectProvider<BackupScheduler> schedulers,
            RunningOperations operations,
            ObjectProvider<Backfills> backfills) {
        this.reader = reader;
        this.stores = stores;
        this.schedulers = schedulers;
        this.operations = operations;
        this.backfills = backfills;
    }

    EndpointBody summary() {
        EnvironmentRegistry environments = reader.environments();
        MonarchEnvironment own = environments.own();
        EnvironmentStatus status = null;
        String problem = null;
        try {
            status = reader.status(own);
        } catch (MonarchException | MongoException e) {
            problem = Scrubbed.firstLine(e);
        }
        return new EndpointBody.Summary(
                MonarchVersion.get(),
                own.name(),
                environments.names().stream()
                        .map(name -> known(environments.get(name), own))
                        .toList(),
                stores.names(),
                status == null ? null : EndpointBodies.counts(status),
                status == null ? null : EndpointBodies.of(status.lock()),
                status == null ? null : EndpointBodies.swap(status),
                operations.running().size(),
                problem);
    }

    private EndpointPart.KnownEnvironment known(MonarchEnvironment environment, MonarchEnvironment own) {
        boolean isOwn = environment.name().equals(own.name());
        boolean migrated = reader.migrates(environment);
        if (isOwn || !migrated) {
            return EndpointBodies.of(environment, isOwn, migrated, null, null);
        }
        try {
            return EndpointBodies.of(environment, false, true, EndpointBodies.counts(reader.status(environment)), null);
        } catch (MonarchException | MongoException e) {
            return EndpointBodies.of(environment, false, true, null, Scrubbed.firstLine(e));
        }
    }

    EndpointBody migrations(@Nullable String name) {
        MonarchEnvironment environment = reader.environment(name);
        EnvironmentStatus status = reader.status(environment);
        return new EndpointBody.Migrations(
                environment.name(), status.pending(), EndpointBodies.of(status.migrations()));
    }

    EndpointBody lock(@Nullable String name) {
        MonarchEnvironment environment = reader.environment(name);
        return new EndpointBody.Lock(environment.name(), EndpointBodies.of(reader.lock(environment)));
    }

    EndpointBody backups(@Nullable String name) {
        BackupStore store = stores.get(name);
        return new EndpointBody.Backups(
                store.name(), store.list().stream().map(EndpointBodies::of).toList());
    }

    EndpointBody backfills(@Nullable String name) {
        Backfills of = backfillsOf(name);
        return new EndpointBody.Backfills(
                of.environment().name(),
                of.statuses().stream().map(EndpointBodies::of).toList());
    }

    /** Returns the backfills of an environment; null for the own one. */
    Backfills backfillsOf(@Nullable String name) {
        return backfills.getObject().on(reader.environment(name));
    }

    EndpointBody schedules() {
        return new EndpointBody.Schedules(schedulers.stream()
                .map(BackupScheduler::statuses)
                .flatMap(List::stream)
                .map(EndpointBodies::of)
                .toList());
    }

    EndpointBody operations() {
        return new EndpointBody.Operations(
                operations.running().stream()
                        .map(operation -> EndpointBodies.of(operation, transfers.paceOf(operation.id())))
                        .toList(),
                operations.ended().stream()
                        .map(operation -> EndpointBodies.of(operation, Optional.empty()))
                        .toList());
    }
}
