package dev.monarch.copy;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.Checks;
import dev.monarch.engine.environment.ObservedOperation;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.staging.Replacement;
import dev.monarch.engine.transfer.ObservedTransfer;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation.Kind;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.Limit;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * Copies the data of one environment into another.
 *
 * <p>The source is only read. A copy holds the lock of its target. The target does not change before all data was
 * loaded and verified. Then the swap begins, which cannot be rolled back. If it is interrupted, the next Monarch
 * operation on the environment completes it. Thread-safe.
 */
public final class CopyService {

    private static final Logger log = LoggerFactory.getLogger(CopyService.class);

    private final EnvironmentRegistry environments;

    private final QuerySets querySets;

    private final Guard guard;

    private final LockSettings lock;

    private final String historyCollection;

    private final Pace defaultPace;

    /**
     * Creates a service whose default is {@link Pace#FULL}. Environments are opened on first use.
     *
     * @param environments the possible sources and targets
     * @param querySets the query sets that requests can name
     * @param guard decides whether an environment may be changed
     * @param lock the timing of the lock
     * @param historyCollection the migration history collection, which is copied by default
     */
    public CopyService(
            EnvironmentRegistry environments,
            QuerySets querySets,
            Guard guard,
            LockSettings lock,
            String historyCollection) {
        this(environments, querySets, guard, lock, historyCollection, Pace.FULL);
    }

    /**
     * Creates a service with a default pace. Environments are opened on first use.
     *
     * @param environments the possible sources and targets
     * @param querySets the query sets that requests can name
     * @param guard decides whether an environment may be changed
     * @param lock the timing of the lock
     * @param historyCollection the migration history collection, which is copied by default
     * @param defaultPace the pace of requests without one
     */
    public CopyService(
            EnvironmentRegistry environments,
            QuerySets querySets,
            Guard guard,
            LockSettings lock,
            String historyCollection,
            Pace defaultPace) {
        this.environments = environments;
        this.querySets = querySets;
        this.guard = guard;
        this.lock = lock;
        this.historyCollection = historyCollection;
        this.defaultPace = defaultPace;
    }

    /**
     * Plans a copy, and changes nothing. An approval that does not suffice is one of the plan's refusals. A query set
     * is run if the request has no choice of it.
     *
     * @param request the copy
     * @param approval the caller's consent
     * @return the plan
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.InvalidRequestException if there is no such query set, or its parameters are invalid
     * @throws dev.monarch.TransferFailedException if a server does not answer
     */
    public ReplacementPlan plan(CopyRequest request, Approval approval) {
        CopyScope scope = scope(request, approval);
        return OperationFailure.translated(
                CopyScope.OPERATION,
                scope.target().name(),
                () -> replacement(scope).plan(origin(scope)));
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
        TransferPace pace = TransferPace.of(request.pace().or(defaultPace));
        return new CopyScope(
                source,
                target,
                request,
                approval,
                request.choice(querySets, source, pace.member()),
                pace,
                historyCollection);
    }

    /**
     * Copies an environment.
     *
     * @param request the source, the target and the options
     * @param approval the caller's consent, as {@link dev.monarch.environment.Guard.GuardedOperation#COPY_INTO} needs it
     * @return the result
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.OperationRefusedException if the copy is not approved, both environments are the same
     *     database, the source is empty, or another check fails; nothing has been replaced
     * @throws dev.monarch.InvalidRequestException if a pattern matches no collection, a new name is invalid, there is
     *     no such query set, or its parameters are invalid
     * @throws dev.monarch.LockHeldException if another holder had the lock of the target for too long
     * @throws dev.monarch.LockLostException if the lock was lost; nothing has been replaced
     * @throws dev.monarch.TransferFailedException if the data could not be read and loaded, or the source was
     *     migrated during the copy; nothing has been replaced
     * @throws dev.monarch.OperationInterruptedException if the thread was interrupted; nothing has been replaced
     * @throws dev.monarch.SwapInterruptedException if the swap has started and could not be completed, or if a swap
     *     on the source was interrupted
     */
    public CopyReport copy(CopyRequest request, Approval approval) {
        CopyScope scope = scope(request, approval);
        ObservedOperation operation = ObservedOperation.in(
                environments, Kind.COPY, scope.target().name(), scope.source().name());
        return new ObservedTransfer(operation, request.listener()).run(scope.pace(), listener -> copy(scope, listener));
    }

    private CopyReport copy(CopyScope scope, TransferListener listener) {
        try {
            scope.requireOther();
            scope.requireApproval(guard);
            EnvironmentOrigin origin = origin(scope);
            CopyReport report = report(scope, origin, replacement(scope).run(origin, listener));
            log(report);
            return report;
        } catch (RuntimeException e) {
            throw OperationFailure.of(CopyScope.OPERATION, scope.target().name(), e);
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
                outcome.limitedBy(),
                outcome.elapsed());
    }

    private static void log(CopyReport report) {
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
                    "'{}' is not a consistent snapshot of '{}': {}",
                    report.target(),
                    report.source(),
                    String.join("; ", report.reading().reasons()));
        }
        report.reading()
                .warnings()
                .forEach(warning -> log.warn("During the copy of '{}': {}", report.source(), warning));
        if (report.interruptedMigrations() > 0) {
            log.warn(
                    "{} migrations were running in '{}'; in the history of '{}' they are INTERRUPTED, or ROLLING_BACK if they"
                            + " were being rolled back",
                    report.interruptedMigrations(),
                    report.source(),
                    report.target());
        }
    }

    /**
     * The result of a copy.
     *
     * @param source the source environment
     * @param target the target environment
     * @param reading how consistent the read was
     * @param loaded the loaded data and the documents that were left out
     * @param steps the number of replaced, created and removed collections
     * @param interruptedMigrations the number of migrations that a process on the source left running when it died
     * @param expirations the TTL rules that apply to loaded documents
     * @param unsharded the collections that are sharded at the source and are not sharded at the target
     * @param limitedBy what limited the load, the largest share first
     * @param elapsed the duration
     */
    public record CopyReport(
            String source,
            String target,
            ReadReport reading,
            LoadReport loaded,
            int steps,
            long interruptedMigrations,
            List<Expiration> expirations,
            List<UnshardedCollection> unsharded,
            List<Limit> limitedBy,
            Duration elapsed) {

        /**
         * Creates a report.
         *
         * @throws IllegalArgumentException if {@code source} or {@code target} is blank, or a number is negative
         */
        public CopyReport {
            Checks.notBlank("source", source);
            Checks.notBlank("target", target);
            Checks.atLeast("steps", steps, 0);
            Checks.atLeast("interruptedMigrations", interruptedMigrations, 0);
            expirations = List.copyOf(expirations);
            unsharded = List.copyOf(unsharded);
            limitedBy = List.copyOf(limitedBy);
            Checks.notNegative("elapsed", elapsed);
        }
    }
}
