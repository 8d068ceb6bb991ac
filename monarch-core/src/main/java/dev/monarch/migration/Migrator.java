package dev.monarch.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.Fact;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationHistory;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.migration.AmendmentPlanner;
import dev.monarch.engine.migration.AmendmentRun;
import dev.monarch.engine.migration.DetectedHistories;
import dev.monarch.engine.migration.Hooks;
import dev.monarch.engine.migration.ImportPlanner;
import dev.monarch.engine.migration.ImportRun;
import dev.monarch.engine.migration.Listeners;
import dev.monarch.engine.migration.LockedRun;
import dev.monarch.engine.migration.MigrationCall;
import dev.monarch.engine.migration.MigrationLog;
import dev.monarch.engine.migration.MigrationPrivileges;
import dev.monarch.engine.migration.MigrationRun;
import dev.monarch.engine.migration.OtherHistoryReader;
import dev.monarch.engine.migration.Planner;
import dev.monarch.engine.migration.RollbackPlanner;
import dev.monarch.engine.migration.RollbackRun;
import dev.monarch.engine.migration.RunLock;
import dev.monarch.engine.migration.RunningMigration;
import dev.monarch.engine.migration.Spelling;
import dev.monarch.engine.migration.StatusOverview;
import dev.monarch.engine.migration.TransactionSupport;
import dev.monarch.engine.migration.UnfinishedBackfills;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Amendment.AmendmentPlan;
import dev.monarch.migration.Amendment.PlannedAmendment;
import dev.monarch.migration.HistoryImport.ImportPlan;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.MigrationSettings.OtherHistories;
import dev.monarch.migration.RollbackPlan.RollbackReport;
import dev.monarch.migration.RollbackPlan.RollbackReport.RolledBackMigration;
import dev.monarch.migration.RollbackPlan.RollbackTarget;

/**
 * Plans and runs the migrations of one environment, rolls them back, and amends their history.
 *
 * <p>Safe for use by several threads and processes: only the holder of the environment's lock works, and the others
 * wait. Every method that works under the lock throws {@link dev.monarch.LockHeldException} if another process held the
 * lock for too long (nothing was done), {@link dev.monarch.LockLostException} if the lock was lost meanwhile, and
 * {@link dev.monarch.HistoryWriteException} if the history could not be written. Every method that uses a server throws
 * {@link dev.monarch.TransferFailedException} if the server does not answer.
 */
public final class Migrator {

    private final MonarchEnvironment environment;

    private final MigrationSet migrations;

    private final MigrationSettings settings;

    private final Guard guard;

    private final MigrationSurroundings surroundings;

    private final MigrationListener listener;

    private final Hooks hooks;

    private final RunningMigration runningMigration = new RunningMigration();

    /**
     * Creates a migrator. It does not connect yet.
     *
     * @param environment the environment to migrate
     * @param migrations the application's migrations
     * @param settings how they are run
     * @param guard decides whether a migration may be rolled back, or the history amended
     * @param surroundings what the application adds to its migrations
     */
    public Migrator(
            MonarchEnvironment environment,
            MigrationSet migrations,
            MigrationSettings settings,
            Guard guard,
            MigrationSurroundings surroundings) {
        this.environment = environment;
        this.migrations = migrations;
        this.settings = settings;
        this.guard = guard;
        this.surroundings = surroundings;
        List<MigrationListener> all = new ArrayList<>(List.of(new MigrationLog(environment)));
        all.addAll(surroundings.listeners());
        this.listener = new Listeners(List.copyOf(all));
        this.hooks = new Hooks(surroundings.hooks(), listener);
    }

    /**
     * Creates a migrator without an application, for an environment whose databases must not be dropped.
     *
     * @param environment the environment to migrate
     * @param migrations the migrations
     * @param settings how they are run
     */
    public Migrator(MonarchEnvironment environment, MigrationSet migrations, MigrationSettings settings) {
        this(environment, migrations, settings, new Guard(false), MigrationSurroundings.NONE);
    }

    /** {@return the environment of this migrator} */
    public MonarchEnvironment environment() {
        return environment;
    }

    /**
     * Returns a migrator of the same migrations for another environment.
     *
     * @param other the other environment
     * @return the migrator
     * @throws InvalidMigrationsException if a migration that runs in the other environment reaches the application's own
     *     database through its injected beans: it would write there, whichever environment is meant
     */
    public Migrator on(MonarchEnvironment other) {
        migrations.requireIndependence(other.name());
        return new Migrator(
                other,
                migrations,
                settings,
                guard,
                new MigrationSurroundings(
                        surroundings.template(), null, surroundings.listeners(), surroundings.hooks()));
    }

    /**
     * Returns what a run would do now. One round trip, or two if the history is empty. Nothing is written and no lock
     * is acquired.
     *
     * @return the plan
     * @throws InvalidMigrationsException if the migrations cannot be run
     */
    public MigrationPlan plan() {
        return plan(MigrationTarget.pending());
    }

    /**
     * Returns what a run would do now. One round trip, or two if the history is empty. Nothing is written and no lock
     * is acquired.
     *
     * @param target which migrations to plan
     * @return the plan
     * @throws InvalidMigrationsException if the migrations cannot be run
     * @throws dev.monarch.UnknownMigrationException if the target names an unknown migration
     */
    public MigrationPlan plan(MigrationTarget target) {
        return translated("plan the migrations of", () -> {
            List<HistoryEntry> entries = entries();
            MigrationPlan plan = plan(entries, target);
            return plan.isUpToDate()
                    ? plan
                    : plan.warning(otherHistories(entries)).warning(unfinishedBackfills(plan));
        });
    }

    /**
     * Returns the histories of other migration tools, if Monarch's own history is empty. One round trip, or two if it is
     * empty.
     *
     * @return one fact for each history; empty with {@link OtherHistories#IGNORE}
     */
    public List<Fact> otherHistories() {
        return translated("read the history of", () -> otherHistories(entries()));
    }

    private List<Fact> otherHistories(List<HistoryEntry> entries) {
        return settings.otherHistory() == OtherHistories.REFUSE
                        && entries.stream().allMatch(HistoryEntry::isAnnounced)
                ? new DetectedHistories(environment).facts()
                : List.of();
    }

    private List<Fact> unfinishedBackfills(MigrationPlan plan) {
        return new UnfinishedBackfills(environment, migrations, settings).before(plan.ids());
    }

    private <T> T translated(String operation, Supplier<T> work) {
        return OperationFailure.translated(operation, environment.name(), work);
    }

    /**
     * Checks that the environment's user has the privileges that a run needs before and after each migration; one
     * round trip.
     *
     * @throws dev.monarch.OperationRefusedException if not; it lists all missing privileges
     */
    public void requirePrivileges() {
        MigrationPrivileges.require(environment, settings.historyCollection());
    }

    private List<HistoryEntry> entries() {
        return translated(
                "read the history of", () -> Privileges.whenRead(() -> history().read(), this::requirePrivileges));
    }

    /**
     * Returns the state of every migration that the code or the history knows; one round trip.
     *
     * @return one status for each migration, in the order of their ids
     */
    public List<MigrationStatus> status() {
        migrations.requireValid();
        List<HistoryEntry> entries = entries();
        Spelling.requireSame(migrations, entries);
        return new StatusOverview(environment.name(), migrations).of(entries);
    }

    /**
     * Runs all pending migrations.
     *
     * @return what was done
     * @see #migrate(MigrationTarget)
     */
    public MigrationReport migrate() {
        return migrate(MigrationTarget.pending());
    }

    /**
     * Runs migrations.
     *
     * <p>If nothing is pending, this takes one round trip and no lock. Otherwise it acquires the lock, waits for it
     * if necessary, and reads the history again. It writes the history before and after each migration, and stops at
     * the first one that fails.
     *
     * @param target which migrations to run
     * @return what was done
     * @throws InvalidMigrationsException if the migrations cannot be run; nothing was done
     * @throws dev.monarch.UnknownMigrationException if the target names an unknown migration; nothing was done
     * @throws dev.monarch.OperationRefusedException if the environment's user lacks privileges, if the history of
     *     another tool must be imported first, or if a migration must run after a backfill that is not done; nothing
     *     was done
     * @throws dev.monarch.MigrationUnresolvedException if the state of a migration must first be resolved manually;
     *     nothing was done
     * @throws dev.monarch.MigrationVetoedException if a hook vetoed
     * @throws dev.monarch.MigrationFailedException if a migration threw
     * @throws dev.monarch.MigrationExhaustedException if a migration has been started too often without success
     */
    public MigrationReport migrate(MigrationTarget target) {
        try {
            return translated("migrate", () -> run(target));
        } catch (RuntimeException | Error e) {
            listener.onEvent(new MigrationEvent.RunFailed(environment.name(), e));
            throw e;
        }
    }

    private MigrationReport run(MigrationTarget target) {
        long start = System.nanoTime();
        MigrationPlan plan = plan(target);
        if (!(target instanceof MigrationTarget.One)) {
            plan.requireOwnHistory();
        }
        plan.requireBackfills();
        plan.warnings().forEach(warning -> listener.onEvent(new MigrationEvent.Warning(environment.name(), warning)));
        if (plan.isUpToDate()) {
            listener.onEvent(new MigrationEvent.NothingPending(environment.name(), plan.applied()));
            return new MigrationReport(environment.name(), List.of(), since(start));
        }
        requirePrivileges();
        Deployment deployment = Deployment.of(environment.ownClient());
        TransactionSupport.require(migrations, plan.ids(), deployment);
        List<AppliedMigration> applied = lock().whileHeld(
                        "migrate",
                        deployment,
                        migrations.ids(),
                        run -> new MigrationRun(run, call(run), hooks, listener, migrations, settings.maxAttempts())
                                .execute(lockedPlan(run.entries(), target)));
        MigrationReport report = new MigrationReport(environment.name(), applied, since(start));
        listener.onEvent(new MigrationEvent.RunFinished(environment.name(), report));
        return report;
    }

    /**
     * Returns what a rollback would roll back now; one round trip. Nothing is written and no lock is acquired.
     *
     * @param target what to roll back
     * @return the plan
     * @throws dev.monarch.UnknownMigrationException if the target names an unknown migration
     * @throws dev.monarch.InvalidRequestException if one of the migrations cannot be rolled back
     */
    public RollbackPlan planRollback(RollbackTarget target) {
        return planRollback(entries(), target);
    }

    /**
     * Rolls back applied migrations by their {@code down}. The one that was applied last comes first. Stops at the
     * first one that fails.
     *
     * @param target what to roll back
     * @param approval the caller's approval
     * @return what was done
     * @throws dev.monarch.OperationRefusedException if the approval is not enough for this environment; nothing was
     *     done
     * @throws dev.monarch.UnknownMigrationException if the target names an unknown migration; nothing was done
     * @throws dev.monarch.InvalidRequestException if one of the migrations cannot be rolled back; nothing was done
     * @throws dev.monarch.MigrationVetoedException if a hook vetoed
     * @throws dev.monarch.RollbackFailedException if a {@code down} threw
     */
    public RollbackReport rollback(RollbackTarget target, Approval approval) {
        guard.check(GuardedOperation.ROLL_BACK, environment, approval);
        return translated("roll back", () -> rollBack(target));
    }

    private RollbackReport rollBack(RollbackTarget target) {
        long start = System.nanoTime();
        RollbackPlan plan = planRollback(target);
        requirePrivileges();
        Deployment deployment = Deployment.of(environment.ownClient());
        TransactionSupport.require(migrations, plan.ids(), deployment);
        List<RolledBackMigration> rolledBack = plan.rollbacks().isEmpty()
                ? List.of()
                : lock().whileHeld(
                                "rollback",
                                deployment,
                                plan.ids(),
                                run -> new RollbackRun(run, call(run), hooks, listener)
                                        .execute(planRollback(run.entries(), target)));
        RollbackReport report = new RollbackReport(environment.name(), rolledBack, since(start));
        listener.onEvent(new MigrationEvent.RollbackFinished(environment.name(), report));
        return report;
    }

    /**
     * Returns what an amendment would change now; one round trip. Nothing is written and no lock is acquired.
     *
     * @param amendment the amendment
     * @return the plan
     * @throws dev.monarch.UnknownMigrationException if it names an unknown migration
     * @throws dev.monarch.InvalidRequestException if an entry may not be changed in this way
     */
    public AmendmentPlan planAmendment(Amendment amendment) {
        return planAmendment(entries(), amendment);
    }

    /**
     * Changes the history manually, under the lock. No migration runs.
     *
     * @param amendment the amendment
     * @param approval the caller's approval
     * @return what was changed
     * @throws dev.monarch.OperationRefusedException if the approval is not enough for this environment; nothing was
     *     done
     * @throws dev.monarch.UnknownMigrationException if it names an unknown migration; nothing was done
     * @throws dev.monarch.InvalidRequestException if an entry may not be changed in this way; nothing was done
     */
    public AmendmentPlan amend(Amendment amendment, Approval approval) {
        guard.check(GuardedOperation.AMEND_HISTORY, environment, approval);
        return translated("amend the history of", () -> amend(amendment));
    }

    private AmendmentPlan amend(Amendment amendment) {
        AmendmentPlan first = planAmendment(amendment);
        if (first.changes().isEmpty()) {
            return first;
        }
        requirePrivileges();
        List<String> ids = first.changes().stream().map(PlannedAmendment::id).toList();
        return lock().whileHeld(
                        "amend the history",
                        Deployment.of(environment.ownClient()),
                        ids,
                        run -> new AmendmentRun(run, migrations, listener)
                                .execute(planAmendment(run.entries(), amendment), amendment.reason()));
    }

    /**
     * Returns what an import of another tool's history would record now. Nothing is written and no lock is acquired.
     *
     * @param request the history to import
     * @return the plan, with all conflicts
     * @throws dev.monarch.OperationRefusedException if the environment's user may not read the other history
     */
    public ImportPlan planImport(HistoryImport request) {
        return translated("plan the import of a history into", () -> planImport(entries(), request));
    }

    private ImportPlan planImport(List<HistoryEntry> entries, HistoryImport request) {
        migrations.requireValid();
        Spelling.requireSame(migrations, entries);
        return new ImportPlanner(environment.name(), migrations, entries)
                .plan(request, new OtherHistoryReader(environment).read(request.source()));
    }

    /**
     * Records in the history what another tool has applied, under the lock. No migration runs, and the other tool's
     * collections are only read. If it is repeated, it records only what is new.
     *
     * @param request the history to import
     * @param approval the caller's approval
     * @return what was recorded
     * @throws dev.monarch.OperationRefusedException if the approval is not enough for this environment, or the
     *     environment's user lacks privileges; nothing was done
     * @throws dev.monarch.InvalidRequestException if there are conflicts; it lists all of them, and nothing was done
     */
    public ImportPlan importHistory(HistoryImport request, Approval approval) {
        guard.check(GuardedOperation.AMEND_HISTORY, environment, approval);
        return translated("import a history into", () -> importHistory(request));
    }

    private ImportPlan importHistory(HistoryImport request) {
        ImportPlan first = planImport(request);
        ImportRun.requireNoConflicts(first);
        if (first.changes().isEmpty()) {
            return first;
        }
        requirePrivileges();
        return lock().whileHeld(
                        "import a history",
                        Deployment.of(environment.ownClient()),
                        migrations.ids(),
                        run -> new ImportRun(run, migrations, listener).execute(planImport(run.entries(), request)));
    }

    /**
     * Stops the active runs of this migrator, if any, and ends their operations on the server.
     *
     * <p>A migration that is running fails as if it had thrown an exception; with {@link
     * Migration.OnInterrupted#MANUAL} its state is then INTERRUPTED. A run that waits for the lock, or that is between
     * two migrations, throws {@link dev.monarch.OperationInterruptedException}. Call it from another thread; it does
     * not wait for the end of the runs.
     */
    public void interrupt() {
        runningMigration.stopAll();
    }

    /** {@return whether a run of this migrator is active in this process, or waits for the lock} */
    public boolean isRunning() {
        return runningMigration.isActive();
    }

    /**
     * Returns who holds the environment's lock; one round trip.
     *
     * @return the holder, alive or dead, or nothing if the lock is free
     */
    public Optional<LockHolder> lockHolder() {
        return translated("read the lock of", () -> new EnvironmentLock(environment, settings.lock()).holder());
    }

    /**
     * Takes the environment's lock away from its holder. A live holder detects this, and stops.
     *
     * @param approval the caller's approval
     * @return the former holder, or nothing if the lock was free
     * @throws dev.monarch.OperationRefusedException if the approval is not enough for this environment; nothing was
     *     done
     */
    public Optional<LockHolder> unlock(Approval approval) {
        guard.check(GuardedOperation.AMEND_HISTORY, environment, approval);
        Optional<LockHolder> former =
                translated("unlock", () -> new EnvironmentLock(environment, settings.lock()).forceUnlock());
        former.ifPresent(holder -> listener.onEvent(
                new MigrationEvent.Amended(environment.name(), "The lock was taken away from " + holder)));
        return former;
    }

    private MigrationPlan plan(List<HistoryEntry> entries, MigrationTarget target) {
        return new Planner(environment.name(), migrations, settings).plan(entries, target);
    }

    /** Another process may have begun an import and died, while this one waited for the lock. */
    private MigrationPlan lockedPlan(List<HistoryEntry> entries, MigrationTarget target) {
        MigrationPlan plan = plan(entries, target);
        if (!(target instanceof MigrationTarget.One)) {
            plan.requireOwnHistory();
        }
        return plan;
    }

    private RollbackPlan planRollback(List<HistoryEntry> entries, RollbackTarget target) {
        migrations.requireValid();
        Spelling.requireSame(migrations, entries);
        return new RollbackPlanner(environment.name(), migrations).plan(entries, target);
    }

    private AmendmentPlan planAmendment(List<HistoryEntry> entries, Amendment amendment) {
        migrations.requireValid();
        Spelling.requireSame(migrations, entries);
        return new AmendmentPlanner(environment.name(), migrations, entries).plan(amendment);
    }

    private RunLock lock() {
        return new RunLock(
                environment, new EnvironmentLock(environment, settings.lock()), history(), listener, runningMigration);
    }

    private MigrationCall call(LockedRun run) {
        return new MigrationCall(run, settings.scope(), migrations, listener, surroundings);
    }

    private MigrationHistory history() {
        return new MigrationHistory(environment, settings.historyCollection(), settings.scope());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * What an application adds to its migrations.
     *
     * @param template provides the application's own template; null for Spring Data's default. It is called when a
     *     migration first uses the template, and its exceptions reach the migration
     * @param databases the factory of the application's own template if it is the environment's, else null. With it,
     *     the application's templates and repositories take part in transactional migrations
     * @param listeners receive every step, in this order
     * @param hooks called before and after each run and each migration, in this order
     */
    public record MigrationSurroundings(
            @Nullable Supplier<MongoOperations> template,
            @Nullable MongoDatabaseFactory databases,
            List<MigrationListener> listeners,
            List<MigrationHook> hooks) {

        /** Adds nothing. */
        public static final MigrationSurroundings NONE = new MigrationSurroundings(null, null, List.of(), List.of());

        public MigrationSurroundings {
            listeners = List.copyOf(listeners);
            hooks = List.copyOf(hooks);
        }
    }
}
