package dev.monarch.backup;

import java.util.List;
import java.util.function.UnaryOperator;

import com.mongodb.ReadPreference;

import dev.monarch.Fact;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.backup.QueryScratch.ScratchTools;
import dev.monarch.backup.RestoreChange.Rules;
import dev.monarch.engine.Checks;
import dev.monarch.engine.staging.Renames;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.engine.transfer.Transfers;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation.Kind;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.transfer.Omission;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * Restores backups into environments.
 *
 * <p>A restore holds the lock of its target. The target does not change before all data was loaded and verified. Then
 * the swap begins, which cannot be rolled back. If it is interrupted, the next Monarch operation on the environment
 * completes it. The name of the backup's database may differ from that of the target. Thread-safe.
 */
public final class RestoreService {

    private final Transfers transfers;

    private final BackupStores stores;

    private final Guard guard;

    private final LockSettings lock;

    private final String historyCollection;

    private final QuerySets querySets;

    /**
     * Creates a service whose default is {@link Pace#FULL}. Environments and stores are opened on first use.
     *
     * @param environments the possible targets
     * @param stores the stores for backups
     * @param guard decides whether an environment may be changed
     * @param lock the timing of the lock
     * @param historyCollection the migration history collection
     */
    public RestoreService(
            EnvironmentRegistry environments,
            BackupStores stores,
            Guard guard,
            LockSettings lock,
            String historyCollection) {
        this(environments, stores, guard, lock, historyCollection, new QuerySets(List.of(), null, null));
    }

    /**
     * Creates a service with query sets. Environments and stores are opened on first use.
     *
     * @param environments the possible targets
     * @param stores the stores for backups
     * @param guard decides whether an environment may be changed
     * @param lock the timing of the lock
     * @param historyCollection the migration history collection
     * @param querySets the query sets that requests can name
     */
    public RestoreService(
            EnvironmentRegistry environments,
            BackupStores stores,
            Guard guard,
            LockSettings lock,
            String historyCollection,
            QuerySets querySets) {
        this(new Transfers(environments, Pace.FULL), stores, guard, lock, historyCollection, querySets);
    }

    private RestoreService(
            Transfers transfers,
            BackupStores stores,
            Guard guard,
            LockSettings lock,
            String historyCollection,
            QuerySets querySets) {
        this.transfers = transfers;
        this.stores = stores;
        this.guard = guard;
        this.lock = lock;
        this.historyCollection = historyCollection;
        this.querySets = querySets;
    }

    /**
     * Returns the same service with another default pace.
     *
     * @param defaultPace the pace of requests without one
     * @return the service
     */
    public RestoreService paced(Pace defaultPace) {
        return new RestoreService(
                new Transfers(transfers.environments(), defaultPace),
                stores,
                guard,
                lock,
                historyCollection,
                querySets);
    }

    /**
     * Plans a restore, and changes nothing. An approval that does not suffice is one of the plan's refusals.
     *
     * @param request the restore
     * @param approval the caller's consent
     * @return the plan
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.DamagedArchiveException if it is not an archive, or its beginning is damaged
     * @throws dev.monarch.TransferFailedException if the server does not answer
     */
    public ReplacementPlan plan(RestoreRequest request, Approval approval) {
        return run(scope(request, approval), TransferListener.NONE).plan();
    }

    private RestoreRun run(RestoreScope scope, TransferListener listener) {
        return new RestoreRun(scope, new ScratchTools(guard, lock, querySets, listener));
    }

    private RestoreScope scope(RestoreRequest request, Approval approval) {
        MonarchEnvironment target = transfers.environment(request.environment());
        StoredArchive archive = StoredArchive.of(request.backup(), stores);
        // Only a scratch database of the target is read, directly after it was written.
        TransferPace pace = transfers.pace(request.pace().readingFrom(ReadPreference.primary()));
        QuerySetRequest querySet = request.querySet();
        RestoreChange change = new RestoreChange(
                querySet == null ? null : querySets.runForBackup(querySet, target),
                new Renames(request.renames(), historyCollection),
                Rules.KEPT);
        return new RestoreScope(target, request, approval, archive, pace, historyCollection, change);
    }

    /**
     * Restores a backup.
     *
     * @param request the backup, the target and the options
     * @param approval the caller's consent, as {@link dev.monarch.environment.Guard.GuardedOperation#RESTORE} needs it
     * @return the result
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.OperationRefusedException if the restore is not approved, the backup contains no
     *     collections, or another check fails; nothing has been replaced
     * @throws dev.monarch.InvalidRequestException if a pattern matches no collection
     * @throws dev.monarch.LockHeldException if another holder had the lock of the target for too long
     * @throws dev.monarch.LockLostException if the lock was lost; nothing has been replaced
     * @throws dev.monarch.DamagedArchiveException if the archive is damaged; nothing has been replaced
     * @throws dev.monarch.TransferFailedException if the data could not be loaded; nothing has been replaced
     * @throws dev.monarch.OperationInterruptedException if the thread was interrupted; nothing has been replaced
     * @throws dev.monarch.SwapInterruptedException if the swap has started and could not be completed
     */
    public RestoreReport restore(RestoreRequest request, Approval approval) {
        RestoreScope scope = scope(request, approval);
        scope.requireApproval(guard);
        return transfers
                .observed(Kind.RESTORE, scope.target().name(), scope.archive().title(), request.listener())
                .run(scope.pace(), listener -> run(scope, listener).run());
    }

    /**
     * Finds the target environment of each database in an archive: the environment with that database on the server
     * of the requested environment. Changes nothing.
     *
     * @param request the archive, an environment on the target server, and the options
     * @return a request for each database
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.OperationRefusedException if the archive cannot be read here
     * @throws dev.monarch.DamagedArchiveException if it is not an archive, or its beginning is damaged
     */
    public DatabaseRestores eachDatabase(RestoreRequest request) {
        return new ArchiveDatabases(StoredArchive.of(request.backup(), stores), request)
                .restores(
                        new ServerEnvironments(transfers.environments(), transfers.environment(request.environment())));
    }

    /**
     * Restores several databases one after another, each as {@link #restore} does. All restores are planned first. If
     * one is refused, nothing changes.
     *
     * @param restores the result of {@link #eachDatabase}
     * @param approval the caller's consent to the restores into all of the environments
     * @return the results, in the order of the requests
     * @throws dev.monarch.OperationRefusedException if a database cannot be restored, or a restore is refused; the
     *     message has all reasons, and nothing has been changed
     * @throws RestoreIncompleteException if a restore fails later; databases restored before it stay restored
     */
    public List<RestoreReport> restoreAll(DatabaseRestores restores, Approval approval) {
        return new RestoreSequence(this, restores, approval).run();
    }

    /**
     * The restores of all databases in an archive.
     *
     * @param archive the name or path of the archive
     * @param requests a request for each database whose environment is known, in the order of the archive
     * @param omissions what the restores leave out
     * @param refusals why some databases cannot be restored at all
     */
    public record DatabaseRestores(
            String archive, List<RestoreRequest> requests, List<Omission> omissions, List<Fact> refusals) {

        /**
         * Creates the requests.
         *
         * @throws IllegalArgumentException if {@code archive} is blank
         */
        public DatabaseRestores {
            Checks.notBlank("archive", archive);
            requests = List.copyOf(requests);
            omissions = List.copyOf(omissions);
            refusals = List.copyOf(refusals);
        }

        /**
         * Changes each request, for example to add a progress listener.
         *
         * @param change changes a request
         * @return the changed restores
         */
        public DatabaseRestores each(UnaryOperator<RestoreRequest> change) {
            return new DatabaseRestores(archive, requests.stream().map(change).toList(), omissions, refusals);
        }
    }
}
