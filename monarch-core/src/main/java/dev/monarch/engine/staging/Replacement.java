package dev.monarch.engine.staging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.LockLog;
import dev.monarch.engine.transfer.TransferMeter;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.ReplacementReport;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.transfer.TransferProgress.CollectionProgress.Expected;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * Replaces the database of an environment: plans, loads, verifies, and then swaps.
 *
 * <p>The plan contains all checks. It is made before the lock of the target is acquired, and again under the lock if
 * the target has changed. Safe for use by several threads.
 */
public final class Replacement {

    private static final Logger log = LoggerFactory.getLogger(Replacement.class);

    private final MonarchEnvironment target;

    private final LockSettings settings;

    private final StagingRequest request;

    private final ReplacementPlanner planner;

    /**
     * Creates a replacement. Sends no command yet.
     *
     * @param target the environment whose database is replaced
     * @param request how it is replaced
     * @param settings how long to wait for the lock of the target
     */
    public Replacement(MonarchEnvironment target, StagingRequest request, LockSettings settings) {
        this.target = target;
        this.settings = settings;
        this.request = request;
        this.planner = new ReplacementPlanner(target, request);
    }

    /**
     * Returns the plan of the replacement, without changing anything.
     *
     * @param origin the source of the data
     * @return the plan, with everything that prevents it
     */
    public ReplacementPlan plan(ReplacementOrigin origin) {
        return planner.plan(origin);
    }

    /**
     * Replaces the database.
     *
     * @param origin the source of the data
     * @param listener receives the progress
     * @return the result
     * @throws dev.monarch.MonarchException if it is refused or fails; nothing has been replaced, unless it is a {@link
     *     dev.monarch.SwapInterruptedException}
     */
    public ReplacementReport run(ReplacementOrigin origin, TransferListener listener) {
        PlannedReplacement plan = planner.plan(origin);
        plan.requirePossible();
        try (HeldLock held =
                new EnvironmentLock(target, settings).acquire(origin.purpose(), null, LockLog.of(target.name()))) {
            long begun = System.nanoTime();
            origin.checkUnder(held);
            InterruptedSwaps swaps = new InterruptedSwaps(target);
            swaps.finish(held);
            PlannedReplacement current = current(plan, origin);
            ReplacementReport report = load(current, origin, held, listener, begun);
            swaps.settleInPlace(held, current.scope());
            logUnsharded(current);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void logUnsharded(PlannedReplacement plan) {
        for (UnshardedCollection collection : plan.unsharded()) {
            log.warn(
                    "'{}' of '{}' is not sharded, but in the source it is sharded by {}",
                    collection.collection(),
                    plan.environment(),
                    collection.shardKey());
        }
    }

    /** The wait for the lock, or finishing another process's swap, may have made the plan outdated. */
    private PlannedReplacement current(PlannedReplacement plan, ReplacementOrigin origin) {
        if (planner.scope(plan.incoming()).isSameAs(plan.scope())) {
            return plan;
        }
        PlannedReplacement another = planner.plan(origin);
        another.requirePossible();
        return another;
    }

    private ReplacementReport load(
            PlannedReplacement plan, ReplacementOrigin origin, HeldLock held, TransferListener listener, long begun)
            throws IOException {
        try (TransferPace.Observation observed = request.pace().observe(target, true);
                ReplacementOrigin.OpenOrigin reading = origin.open();
                StagedDatabase staged = StagedDatabase.open(planner, held, plan, bytes(reading));
                TransferMeter meter = new TransferMeter(reading.catalogue(), reading.expected(), listener)) {
            observed.start();
            meter.phase("loading");
            reading.transferTo(meter.metering(staged));
            meter.phase("building indexes");
            LoadReport loaded = staged.load();
            long interrupted = staged.interruptMigrations();
            meter.phase("replacing");
            int steps = staged.swap();
            return new ReplacementReport(
                    loaded,
                    steps,
                    interrupted,
                    staged.expirations(),
                    plan.unsharded(),
                    request.pace().times().limits(),
                    Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** If only a part is read, the size is unknown. */
    private static long bytes(ReplacementOrigin.OpenOrigin reading) {
        Collection<Expected> all = reading.expected().values();
        return all.isEmpty() || all.stream().anyMatch(each -> each.bytes() < 0)
                ? -1
                : all.stream().mapToLong(Expected::bytes).sum();
    }
}
