package dev.monarch.backup.retention;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.monarch.BackupStoreException;
import dev.monarch.InvalidRequestException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupSummary.DatabaseIdentity;
import dev.monarch.backup.retention.RetentionPlan.PruneReport;
import dev.monarch.backup.retention.RetentionPlan.PruneRequest;
import dev.monarch.engine.backup.retention.BackupRemoval;
import dev.monarch.engine.environment.ObservedOperation;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Removes the backups that a retention does not keep.
 *
 * <p>Only complete backups of the environment's own database are removed, and never the newest of a series. Backups
 * with the environment's name that were taken of another database are kept, because two applications may share a
 * store. Thread-safe; {@link #prune} holds the lock of the environment.
 */
public final class RetentionService {

    private final EnvironmentRegistry environments;

    private final BackupStores stores;

    private final LockSettings lock;

    private final Clock clock;

    /**
     * Creates a service. Environments and stores are opened on first use.
     *
     * @param environments the environments whose backups can be pruned
     * @param stores the stores for backups
     * @param lock the timing of the lock
     * @param clock provides the current time
     */
    public RetentionService(EnvironmentRegistry environments, BackupStores stores, LockSettings lock, Clock clock) {
        this.environments = environments;
        this.stores = stores;
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Decides which backups to keep, without removing any.
     *
     * @param request the environment, the store and the retention
     * @return the decisions with their reasons
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws InvalidRequestException if the retention has no rules
     * @throws BackupStoreException if the store cannot be listed
     * @throws dev.monarch.TransferFailedException if the identity of the environment's database cannot be read
     */
    public RetentionPlan plan(PruneRequest request) {
        MonarchEnvironment environment = environments.get(request.environment());
        if (request.retention().isEmpty()) {
            throw new InvalidRequestException(
                    environment.name(),
                    "prune the backups",
                    List.of("The retention has no rules and would keep nothing. Add at least one rule."));
        }
        BackupStore store = stores.get(request.store());
        List<BackupSummary> all = store.list();
        DatabaseIdentity database = DatabaseIdentity.of(environment);
        Map<Boolean, List<BackupSummary>> ofDatabase = all.stream()
                .filter(backup -> backup.environment().equals(environment.name()))
                .collect(Collectors.partitioningBy(backup -> isOf(database, backup)));
        return new RetentionPlan(
                environment.name(),
                store.name(),
                new RetentionRules(request.retention(), clock.instant()).of(ofDatabase.getOrDefault(true, List.of())),
                ofDatabase.getOrDefault(false, List.of()),
                store.others(all));
    }

    private static boolean isOf(DatabaseIdentity database, BackupSummary backup) {
        DatabaseIdentity source = backup.source();
        return source != null && source.isSameAs(database);
    }

    /**
     * Removes the backups that the retention does not keep, the oldest first, while holding the lock of the
     * environment.
     *
     * <p>If a backup cannot be removed, the report says so and the others are removed nevertheless.
     *
     * <p>This needs no {@link dev.monarch.environment.Approval}: it changes no environment, and removes only backups
     * that the caller's rules do not keep, never the newest of a series. To ask a user for approval, show the {@link
     * #plan} first, and then pass {@link PruneRequest#limitedTo}.
     *
     * @param request the environment, the store and the retention
     * @return the removed backups and the failures
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws InvalidRequestException if the retention has no rules
     * @throws BackupStoreException if the store cannot be listed; nothing was removed
     * @throws dev.monarch.LockHeldException if another holder had the lock for too long; nothing was removed
     * @throws dev.monarch.LockLostException if the lock was lost; the log lists the removed backups
     * @throws OperationInterruptedException if the thread was interrupted; the log lists the removed backups
     * @throws dev.monarch.TransferFailedException if the server of the environment does not answer
     */
    public PruneReport prune(PruneRequest request) {
        MonarchEnvironment environment = environments.get(request.environment());
        return ObservedOperation.in(environments, Operation.Kind.PRUNE, environment.name(), null)
                .run(() -> OperationFailure.translated(
                        "prune the backups of", environment.name(), () -> prune(request, environment)));
    }

    private PruneReport prune(PruneRequest request, MonarchEnvironment environment) {
        try (HeldLock held = new EnvironmentLock(environment, lock).acquire("prune backups", null, event -> {})) {
            RetentionPlan plan = plan(request);
            return new BackupRemoval(stores.get(request.store()), held).remove(plan, request.removals(plan));
        }
    }
}
