package dev.monarch.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import com.mongodb.ReadPreference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.Fact;
import dev.monarch.MonarchException;
import dev.monarch.OperationRefusedException;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.backup.QueryScratch.ScratchTools;
import dev.monarch.backup.RestoreChange.Rules;
import dev.monarch.engine.Checks;
import dev.monarch.engine.environment.ObservedOperation;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.staging.Renames;
import dev.monarch.engine.staging.Replacement;
import dev.monarch.engine.transfer.ObservedTransfer;
import dev.monarch.engine.transfer.TransferPace;
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

    private static final Logger log = LoggerFactory.getLogger(RestoreService.class);

    private final EnvironmentRegistry environments;

    private final BackupStores stores;

    private final Guard guard;

    private final LockSettings lock;

    private final String historyCollection;

    private final QuerySets querySets;

    private final Pace defaultPace;

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
        this.environments = environments;
        this.stores = stores;
        this.guard = guard;
        this.lock = lock;
        this.historyCollection = historyCollection;
        this.querySets = querySets;
        this.defaultPace = Pace.FULL;
    }

    private RestoreService(RestoreService other, Pace defaultPace) {
        this.environments = other.environments;
        this.stores = other.stores;
        this.guard = other.guard;
        this.lock = other.lock;
        this.historyCollection = other.historyCollection;
        this.querySets = other.querySets;
        this.defaultPace = defaultPace;
    }

    /**
     * Returns the same service with another default pace.
     *
     * @param defaultPace the pace of requests without one
     * @return the service
     */
    public RestoreService paced(Pace defaultPace) {
        return new RestoreService(this, defaultPace);
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
        RestoreScope scope = scope(request, approval);
        return OperationFailure.translated(
                RestoreScope.OPERATION,
                scope.target().name(),
                () -> replacement(scope).plan(origin(scope, TransferListener.NONE)));
    }

    private RestoreScope scope(RestoreRequest request, Approval approval) {
        MonarchEnvironment target = environments.get(request.environment());
        StoredArchive archive = StoredArchive.of(request.backup(), stores);
        // Only a scratch database of the target is read, directly after it was written.
        TransferPace pace = TransferPace.of(request.pace().or(defaultPace).readingFrom(ReadPreference.primary()));
        QuerySetRequest querySet = request.querySet();
        RestoreChange change = new RestoreChange(
                querySet == null ? null : querySets.runForBackup(querySet, target),
                new Renames(request.renames(), historyCollection),
                Rules.KEPT);
        return new RestoreScope(target, request, approval, archive, pace, historyCollection, change);
    }

    private BackupOrigin origin(RestoreScope scope, TransferListener listener) {
        return new BackupOrigin(
                scope,
                guard,
                (restore, contents) ->
                        new QueryScratch(restore, contents, new ScratchTools(guard, lock, querySets, listener)));
    }

    private Replacement replacement(RestoreScope scope) {
        return new Replacement(scope.target(), scope.staging(), lock);
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
        ObservedOperation operation = ObservedOperation.in(
                environments,
                Kind.RESTORE,
                scope.target().name(),
                scope.archive().title());
        return new ObservedTransfer(operation, request.listener())
                .run(scope.pace(), listener -> restore(scope, listener));
    }

    private RestoreReport restore(RestoreScope scope, TransferListener listener) {
        BackupOrigin origin = origin(scope, listener);
        try {
            RestoreReport report = report(scope, replacement(scope).run(origin, listener));
            log(report);
            return report;
        } catch (RuntimeException e) {
            throw OperationFailure.of(RestoreScope.OPERATION, scope.target().name(), e);
        }
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
                .restores(new ServerEnvironments(environments, environments.get(request.environment())));
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
        requirePossible(restores, approval);
        List<RestoreReport> reports = new ArrayList<>();
        for (RestoreRequest request : restores.requests()) {
            try {
                reports.add(restore(request, approval));
            } catch (MonarchException e) {
                List<String> all = restores.requests().stream()
                        .map(RestoreRequest::environment)
                        .toList();
                int at = reports.size();
                throw new RestoreIncompleteException(
                        restores.archive(), all.subList(0, at), all.get(at), all.subList(at + 1, all.size()), e);
            }
        }
        return reports;
    }

    private void requirePossible(DatabaseRestores restores, Approval approval) {
        List<Fact> refusals = new ArrayList<>(restores.refusals());
        for (RestoreRequest request : restores.requests()) {
            refusals.addAll(plan(request, approval).refusals());
        }
        if (!refusals.isEmpty()) {
            throw new OperationRefusedException("restore every database of", restores.archive(), refusals);
        }
    }

    private static RestoreReport report(RestoreScope scope, Replacement.Outcome outcome) {
        return new RestoreReport(
                scope.archive().title(),
                scope.target().name(),
                outcome.loaded(),
                outcome.steps(),
                scope.archive().manifest() != null,
                outcome.interruptedMigrations(),
                outcome.expirations(),
                outcome.unsharded(),
                outcome.limitedBy(),
                outcome.elapsed());
    }

    private static void log(RestoreReport report) {
        log.info(
                "Restored '{}' into '{}': {} collections, {} documents, {} bytes, in {} s",
                report.backup(),
                report.environment(),
                report.loaded().collections(),
                report.loaded().documents(),
                report.loaded().bytes(),
                report.elapsed().toMillis() / 1000.0);
        if (report.interruptedMigrations() > 0) {
            log.warn(
                    "{} migrations were running when '{}' was taken; in the history of '{}' they are INTERRUPTED, or"
                            + " ROLLING_BACK if they were being rolled back",
                    report.interruptedMigrations(),
                    report.backup(),
                    report.environment());
        }
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
