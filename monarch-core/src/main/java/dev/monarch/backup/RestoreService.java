package dev.monarch.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.Fact;
import dev.monarch.MonarchException;
import dev.monarch.OperationRefusedException;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.engine.staging.Replacement;
import dev.monarch.engine.transfer.Failure;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.transfer.Omission;

/**
 * Brings backups back.
 *
 * <p>A restore holds the lock of its target. The target is as it was until everything has arrived and was found to be right;
 * from then on it goes forward only, and what is interrupted is ended by the next thing Monarch does with the environment.
 * The database of the backup need not have the name of the target's. Safe for use by several threads.
 */
public final class RestoreService {

    private static final Logger log = LoggerFactory.getLogger(RestoreService.class);

    private final EnvironmentRegistry environments;

    private final BackupStores stores;

    private final Guard guard;

    private final LockSettings lock;

    private final String historyCollection;

    /**
     * Creates a service; nothing is opened before it is needed.
     *
     * @param environments what can be restored into
     * @param stores where backups are kept
     * @param guard decides whether an environment may be touched
     * @param lock how long the lock lasts and how long to wait for it
     * @param historyCollection the collection of the migration history
     */
    public RestoreService(
            EnvironmentRegistry environments,
            BackupStores stores,
            Guard guard,
            LockSettings lock,
            String historyCollection) {
        this.environments = environments;
        this.stores = stores;
        this.guard = guard;
        this.lock = lock;
        this.historyCollection = historyCollection;
    }

    /**
     * Plans a restore, and changes nothing. An approval that does not suffice is one of the plan's refusals.
     *
     * @param request what would be restored
     * @param approval the caller's consent
     * @return what would be done
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.DamagedArchiveException if the archive is damaged in its beginning, or none
     */
    public ReplacementPlan plan(RestoreRequest request, Approval approval) {
        RestoreScope scope = scope(request, approval);
        return replacement(scope).plan(origin(scope));
    }

    private RestoreScope scope(RestoreRequest request, Approval approval) {
        MonarchEnvironment target = environments.get(request.environment());
        StoredArchive archive = StoredArchive.of(request.backup(), stores);
        return new RestoreScope(target, request, approval, archive, historyCollection);
    }

    private BackupOrigin origin(RestoreScope scope) {
        return new BackupOrigin(scope, guard);
    }

    private Replacement replacement(RestoreScope scope) {
        return new Replacement(scope.target(), scope.staging(), lock);
    }

    /**
     * Restores a backup.
     *
     * @param request what, into what, and how
     * @param approval the caller's consent, as {@link dev.monarch.environment.GuardedOperation#RESTORE} needs it
     * @return what was done
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.OperationRefusedException if it is not approved, the backup holds no collections, or something
     *     stands against it; nothing has been replaced
     * @throws dev.monarch.InvalidRequestException if a pattern selects nothing
     * @throws dev.monarch.LockHeldException if somebody else held the lock of the target for too long
     * @throws dev.monarch.LockLostException if the lock was lost; nothing has been replaced
     * @throws dev.monarch.DamagedArchiveException if the archive is damaged; nothing has been replaced
     * @throws dev.monarch.TransferFailedException if not everything could be loaded; nothing has been replaced
     * @throws dev.monarch.OperationInterruptedException if the thread was interrupted; nothing has been replaced
     * @throws dev.monarch.SwapInterruptedException if the replacing has begun and could not be ended
     */
    public RestoreReport restore(RestoreRequest request, Approval approval) {
        RestoreScope scope = scope(request, approval);
        scope.requireApproval(guard);
        BackupOrigin origin = origin(scope);
        try {
            RestoreReport report = report(scope, replacement(scope).run(origin, request.listener()));
            tell(report);
            return report;
        } catch (RuntimeException e) {
            throw Failure.of(RestoreScope.OPERATION, scope.target().name(), e);
        }
    }

    /**
     * Finds the environment of each database of an archive: the one that is the database of the same name on the server of the
     * environment that is asked for. Nothing is changed.
     *
     * @param request the archive, an environment on the server that is meant, and how to restore
     * @return a request for each database
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.OperationRefusedException if the archive cannot be read here
     * @throws dev.monarch.DamagedArchiveException if the archive is damaged in its beginning, or none
     */
    public DatabaseRestores eachDatabase(RestoreRequest request) {
        return new ArchiveDatabases(StoredArchive.of(request.backup(), stores), request)
                .restores(new ServerEnvironments(environments, environments.get(request.environment())));
    }

    /**
     * Restores several databases, one after another, each as {@link #restore} does. All are planned before the first begins,
     * and nothing is changed if one of them is refused.
     *
     * @param restores what {@link #eachDatabase} has found
     * @param approval the caller's consent to the restores into all of the environments
     * @return what was done, in the order of the requests
     * @throws dev.monarch.OperationRefusedException if a database cannot be restored, or a restore is not approved or not
     *     possible, with all the reasons; nothing has been changed
     * @throws RestoreIncompleteException if one fails after all that; what was restored before it stays restored
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
                outcome.elapsed());
    }

    private static void tell(RestoreReport report) {
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
                    "{} migrations had not ended when '{}' was backed up; in the history of '{}' they are INTERRUPTED, or"
                            + " ROLLING_BACK if they were being rolled back",
                    report.interruptedMigrations(),
                    report.backup(),
                    report.environment());
        }
    }

    /**
     * What it takes to restore every database of an archive: one restore for each.
     *
     * @param archive where the data comes from
     * @param requests a request for each database whose environment is known, in the order of the archive
     * @param omissions what of the archive is in no such database
     * @param refusals why some databases cannot be restored at all
     */
    public record DatabaseRestores(
            String archive, List<RestoreRequest> requests, List<Omission> omissions, List<Fact> refusals) {

        public DatabaseRestores {
            requests = List.copyOf(requests);
            omissions = List.copyOf(omissions);
            refusals = List.copyOf(refusals);
        }

        /**
         * Changes each request, to have its progress reported for example.
         *
         * @param change makes another request of one
         * @return the restores
         */
        public DatabaseRestores each(UnaryOperator<RestoreRequest> change) {
            return new DatabaseRestores(archive, requests.stream().map(change).toList(), omissions, refusals);
        }
    }
}
