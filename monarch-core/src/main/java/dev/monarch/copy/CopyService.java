package dev.monarch.copy;

import dev.monarch.engine.Checks;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.engine.transfer.Transfers;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation.Kind;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.ReplacementReport;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport;

/**
 * Copies the data of one environment into another.
 *
 * <p>The source is only read. A copy holds the lock of its target. The target does not change before all data was
 * loaded and verified. Then the swap begins, which cannot be rolled back. If it is interrupted, the next Monarch
 * operation on the environment completes it. Thread-safe.
 */
public final class CopyService {

    private final Transfers transfers;

    private final QuerySets querySets;

    private final Guard guard;

    private final LockSettings lock;

    private final String historyCollection;

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
        this.transfers = new Transfers(environments, defaultPace);
        this.querySets = querySets;
        this.guard = guard;
        this.lock = lock;
        this.historyCollection = historyCollection;
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
        return new CopyRun(scope(request, approval), guard, lock).plan();
    }

    private CopyScope scope(CopyRequest request, Approval approval) {
        MonarchEnvironment source = transfers.environment(request.source());
        MonarchEnvironment target = transfers.environment(request.target());
        TransferPace pace = transfers.pace(request.pace());
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
        return transfers
                .observed(Kind.COPY, scope.target().name(), scope.source().name(), request.listener())
                .run(scope.pace(), listener -> new CopyRun(scope, guard, lock).run(listener));
    }

    /**
     * The result of a copy.
     *
     * @param source the source environment
     * @param target the target environment
     * @param reading how consistent the read was
     * @param replacement what was loaded and replaced
     */
    public record CopyReport(String source, String target, ReadReport reading, ReplacementReport replacement) {

        /**
         * Creates a report.
         *
         * @throws IllegalArgumentException if {@code source} or {@code target} is blank
         */
        public CopyReport {
            Checks.notBlank("source", source);
            Checks.notBlank("target", target);
        }
    }
}
