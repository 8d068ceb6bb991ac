package dev.monarch.copy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.staging.Replacement;
import dev.monarch.engine.transfer.Failure;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.transfer.ReadReport;

/**
 * Copies the data of one environment into another.
 *
 * <p>The source is only read. A copy holds the lock of its target, which is as it was until everything has arrived and was
 * found to be right; from then on it goes forward only, and what is interrupted is ended by the next thing Monarch does with
 * the environment. Safe for use by several threads.
 */
public final class CopyService {

    private static final Logger log = LoggerFactory.getLogger(CopyService.class);

    private final EnvironmentRegistry environments;

    private final QuerySets querySets;

    private final Guard guard;

    private final LockSettings lock;

    private final String historyCollection;

    /**
     * Creates a service; nothing is opened before it is needed.
     *
     * @param environments what can be copied, and copied into
     * @param querySets the query sets that can be asked for
     * @param guard decides whether an environment may be touched
     * @param lock how long the lock lasts and how long to wait for it
     * @param historyCollection the collection of the migration history, which travels unless told otherwise
     */
    public CopyService(
            EnvironmentRegistry environments,
            QuerySets querySets,
            Guard guard,
            LockSettings lock,
            String historyCollection) {
        this.environments = environments;
        this.querySets = querySets;
        this.guard = guard;
        this.lock = lock;
        this.historyCollection = historyCollection;
    }

    /**
     * Plans a copy, and changes nothing. An approval that does not suffice is one of the plan's refusals. A query set is run
     * if the request has no choice of it.
     *
     * @param request what would be copied
     * @param approval the caller's consent
     * @return what would be done
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.InvalidRequestException if there is no such query set, or its parameters are wrong
     */
    public ReplacementPlan plan(CopyRequest request, Approval approval) {
        CopyScope scope = scope(request, approval);
        return replacement(scope).plan(origin(scope));
    }

    private Replacement replacement(CopyScope scope) {
        return new Replacement(scope.target(), scope.staging(), lock);
    }

    private EnvironmentOrigin origin(CopyScope scope) {
        return new EnvironmentOrigin(scope, guard, lock);
    }

    private CopyScope scope(CopyRequest request, Approval approval) {
        MonarchEnvironment source = environments.get(request.source());
        MonarchEnvironment target = environments.get(request.target());
        return new CopyScope(source, target, request, approval, request.choice(querySets, source), historyCollection);
    }

    /**
     * Copies.
     *
     * @param request what, into what, and how
     * @param approval the caller's consent, as {@link dev.monarch.environment.GuardedOperation#COPY_INTO} needs it
     * @return what was done
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.OperationRefusedException if it is not approved, both are the same database, the source is empty, or
     *     something stands against it; nothing has been replaced
     * @throws dev.monarch.InvalidRequestException if a pattern selects nothing, a name cannot be one, there is no such query
     *     set, or its parameters are wrong
     * @throws dev.monarch.LockHeldException if somebody else held the lock of the target for too long
     * @throws dev.monarch.LockLostException if the lock was lost; nothing has been replaced
     * @throws dev.monarch.TransferFailedException if not everything could be read and loaded, or the source was migrated
     *     meanwhile; nothing has been replaced
     * @throws dev.monarch.OperationInterruptedException if the thread was interrupted; nothing has been replaced
     * @throws dev.monarch.SwapInterruptedException if the replacing has begun and could not be ended, or that of an earlier
     *     operation on the source
     */
    public CopyReport copy(CopyRequest request, Approval approval) {
        CopyScope scope = scope(request, approval);
        try {
            scope.requireOther();
            scope.requireApproval(guard);
            EnvironmentOrigin origin = origin(scope);
            CopyReport report = report(scope, origin, replacement(scope).run(origin, request.listener()));
            tell(report);
            return report;
        } catch (RuntimeException e) {
            throw Failure.of(CopyScope.OPERATION, scope.target().name(), e);
        }
    }

    private static CopyReport report(CopyScope scope, EnvironmentOrigin origin, Replacement.Outcome outcome) {
        return new CopyReport(
                scope.source().name(),
                scope.target().name(),
                origin.report(),
                outcome.loaded(),
                outcome.steps(),
                outcome.interruptedMigrations(),
                outcome.expirations(),
                outcome.unsharded(),
                outcome.elapsed());
    }

    private static void tell(CopyReport report) {
        log.info(
                "Copied '{}' into '{}': {} collections, {} documents, {} bytes, in {} s, consistency {}",
                report.source(),
                report.target(),
                report.loaded().collections(),
                report.loaded().documents(),
                report.loaded().bytes(),
                report.elapsed().toMillis() / 1000.0,
                report.reading().consistency());
        if (report.reading().consistency() != ReadReport.AchievedConsistency.SNAPSHOT) {
            log.warn(
                    "'{}' does not hold everything of '{}' at one time: {}",
                    report.target(),
                    report.source(),
                    String.join("; ", report.reading().reasons()));
        }
        report.reading().warnings().forEach(warning -> log.warn("While '{}' was copied: {}", report.source(), warning));
        if (report.interruptedMigrations() > 0) {
            log.warn(
                    "{} migrations had not ended in '{}'; in the history of '{}' they are INTERRUPTED, or ROLLING_BACK if they"
                            + " were being rolled back",
                    report.interruptedMigrations(),
                    report.source(),
                    report.target());
        }
    }
}
