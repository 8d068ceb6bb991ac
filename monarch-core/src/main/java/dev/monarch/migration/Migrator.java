package dev.monarch.migration;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.Fact;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.engine.migration.AmendmentOperation;
import dev.monarch.engine.migration.ImportOperation;
import dev.monarch.engine.migration.MigratedEnvironment;
import dev.monarch.engine.migration.MigrationOperation;
import dev.monarch.engine.migration.RollbackOperation;
import dev.monarch.engine.migration.StatusOverview;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Amendment.AmendmentPlan;
import dev.monarch.migration.HistoryImport.ImportPlan;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationSettings.OtherHistories;
import dev.monarch.migration.RollbackPlan.RollbackReport;
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

    private final MigratedEnvironment migrated;

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
        this.migrated = new MigratedEnvironment(environment, migrations, settings, surroundings);
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
        return new MigrationOperation(migrated).plan(target);
    }

    /**
     * Returns the histories of other migration tools, if Monarch's own history is empty. One round trip, or two if it is
     * empty.
     *
     * @return one fact for each history; empty with {@link OtherHistories#IGNORE}
     */
    public List<Fact> otherHistories() {
        return new MigrationOperation(migrated).otherHistories();
    }

    /**
     * Checks that the environment's user has the privileges that a run needs before and after each migration; one
     * round trip.
     *
     * @throws dev.monarch.OperationRefusedException if not; it lists all missing privileges
     */
    public void requirePrivileges() {
        migrated.requirePrivileges();
    }

    /**
     * Returns the state of every migration that the code or the history knows; one round trip.
     *
     * @return one status for each migration, in the order of their ids
     */
    public List<MigrationStatus> status() {
        migrations.requireValid();
        return new StatusOverview(environment.name(), migrations).of(migrated.entries());
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
        return new MigrationOperation(migrated).run(target);
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
        return new RollbackOperation(migrated).plan(target);
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
        return new RollbackOperation(migrated).run(target);
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
        return new AmendmentOperation(migrated).plan(amendment);
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
        return new AmendmentOperation(migrated).run(amendment);
    }

    /**
     * Returns what an import of another tool's history would record now. Nothing is written and no lock is acquired.
     *
     * @param request the history to import
     * @return the plan, with all conflicts
     * @throws dev.monarch.OperationRefusedException if the environment's user may not read the other history
     */
    public ImportPlan planImport(HistoryImport request) {
        return new ImportOperation(migrated).plan(request);
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
        return new ImportOperation(migrated).run(request);
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
        migrated.running().stopAll();
    }

    /** {@return whether a run of this migrator is active in this process, or waits for the lock} */
    public boolean isRunning() {
        return migrated.running().isActive();
    }

    /**
     * Returns who holds the environment's lock; one round trip.
     *
     * @return the holder, alive or dead, or nothing if the lock is free
     */
    public Optional<LockHolder> lockHolder() {
        return migrated.translated("read the lock of", () -> migrated.lock().holder());
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
                migrated.translated("unlock", () -> migrated.lock().forceUnlock());
        former.ifPresent(holder -> migrated.publish(
                new MigrationEvent.Amended(environment.name(), "The lock was taken away from " + holder)));
        return former;
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
