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
import dev.monarch.backup.DatabaseIdentity;
import dev.monarch.engine.backup.retention.BackupRemoval;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Removes the backups that a retention does not keep.
 *
 * <p>Only complete backups of the environment's own database are ever removed, and never the newest of a series. A backup that
 * bears the environment's name and was taken of another database stays: two applications may share a store. Safe for use by
 * several threads; those that remove hold the lock of the environment.
 */
public final class RetentionService {

    private final EnvironmentRegistry environments;

    private final BackupStores stores;

    private final LockSettings lock;

    private final Clock clock;

    /**
     * Creates a service; nothing is opened before it is needed.
     *
     * @param environments whose backups can be pruned
     * @param stores where backups are kept
     * @param lock how long the lock lasts and how long to wait for it
     * @param clock tells which backups are of the future
     */
    public RetentionService(EnvironmentRegistry environments, BackupStores stores, LockSettings lock, Clock clock) {
        this.environments = environments;
        this.stores = stores;
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Decides which backups would stay, and removes none.
     *
     * @param request whose backups, and by what
     * @return what would be done, and why
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws InvalidRequestException if the retention keeps nothing
     * @throws BackupStoreException if the store cannot be listed
     * @throws com.mongodb.MongoException if the environment cannot be asked which database it is
     */
    public RetentionPlan plan(PruneRequest request) {
        MonarchEnvironment environment = environments.get(request.environment());
        if (request.retention().isEmpty()) {
            throw new InvalidRequestException(
                    environment.name(),
                    "prune the backups",
                    List.of("A retention without a rule would keep nothing; say what to keep."));
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
     * Removes what is not kept, the oldest first, while holding the lock of the environment.
     *
     * <p>A backup that cannot be removed does not keep the others from being removed; it is in the report.
     *
     * <p>This needs no {@link dev.monarch.environment.Approval}: it changes no environment, and removes only what the retention
     * that the caller passes does not keep, never the newest of a series. A caller who wants consent shows the {@link #plan}
     * first and passes {@link PruneRequest#limitedTo}.
     *
     * @param request whose backups, and by what
     * @return what was removed, and what could not be
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws InvalidRequestException if the retention keeps nothing
     * @throws BackupStoreException if the store cannot be listed; nothing was removed
     * @throws dev.monarch.LockHeldException if somebody else held the lock for too long; nothing was removed
     * @throws dev.monarch.LockLostException if the lock was lost; what was removed is in the log
     * @throws OperationInterruptedException if the thread was interrupted; what was removed is in the log
     */
    public PruneReport prune(PruneRequest request) {
        MonarchEnvironment environment = environments.get(request.environment());
        try (HeldLock held = new EnvironmentLock(environment, lock).acquire("prune backups", null, event -> {})) {
            RetentionPlan plan = plan(request);
            return new BackupRemoval(stores.get(request.store()), held).remove(plan, request.removals(plan));
        }
    }
}
