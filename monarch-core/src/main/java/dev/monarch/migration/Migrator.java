package dev.monarch.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;

import dev.monarch.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.EnvironmentLock;
import dev.monarch.lock.HeldLock;
import dev.monarch.lock.Uninterrupted;
import dev.monarch.migration.history.FencedHistory;
import dev.monarch.migration.history.HistoryEntry;
import dev.monarch.migration.history.MigrationHistory;

/**
 * Plans and runs the migrations of one environment.
 *
 * <p>Safe for use by several threads and several processes: whoever has the environment's lock runs, the others wait.
 */
public final class Migrator {

    private final MonarchEnvironment environment;

    private final MigrationSet migrations;

    private final MigrationSettings settings;

    private final @Nullable MongoConverter converter;

    private final MigrationListener listener;

    /**
     * Creates a migrator; nothing is connected yet.
     *
     * @param environment the environment to migrate
     * @param migrations the migrations there are
     * @param settings how they are run
     * @param converter the converter of the template that migrations get, or null for Spring Data's default
     * @param listeners told of every step, in this order
     */
    public Migrator(
            MonarchEnvironment environment,
            MigrationSet migrations,
            MigrationSettings settings,
            @Nullable MongoConverter converter,
            List<MigrationListener> listeners) {
        this.environment = environment;
        this.migrations = migrations;
        this.settings = settings;
        this.converter = converter;
        List<MigrationListener> all = new ArrayList<>(List.of(new MigrationLog()));
        all.addAll(listeners);
        this.listener = new Listeners(List.copyOf(all));
    }

    /**
     * Returns the environment this migrator works on.
     *
     * @return the environment
     */
    public MonarchEnvironment environment() {
        return environment;
    }

    /**
     * Tells what a run would do now; one round trip, nothing is written and no lock is taken.
     *
     * @return the plan
     * @throws dev.monarch.InvalidMigrationsException if the migrations cannot be run as they stand
     */
    public MigrationPlan plan() {
        return plan(history().read());
    }

    /**
     * Runs what is pending.
     *
     * <p>Nothing pending: one round trip, no lock. Otherwise the lock is taken, waited for if need be, and the history read
     * again. The history is written before and after each migration; the run stops at the first that fails.
     *
     * @return what was done
     * @throws dev.monarch.InvalidMigrationsException if the migrations cannot be run as they stand; nothing was done
     * @throws dev.monarch.LockHeldException if somebody else held the lock for too long; nothing was done
     * @throws dev.monarch.LockLostException if the lock was lost on the way
     * @throws dev.monarch.MigrationFailedException if a migration threw
     * @throws dev.monarch.MigrationExhaustedException if a migration has been started too often without success
     * @throws dev.monarch.HistoryWriteException if the history could not be written
     */
    public MigrationReport migrate() {
        long start = System.nanoTime();
        MigrationPlan plan = plan();
        plan.warnings().forEach(text -> listener.onEvent(new MigrationEvent.Warning(environment.name(), text)));
        if (plan.isUpToDate()) {
            listener.onEvent(new MigrationEvent.NothingPending(environment.name(), plan.applied()));
            return new MigrationReport(environment.name(), List.of(), since(start));
        }
        List<AppliedMigration> applied = runLocked();
        MigrationReport report = new MigrationReport(environment.name(), applied, since(start));
        listener.onEvent(new MigrationEvent.RunFinished(environment.name(), report));
        return report;
    }

    private List<AppliedMigration> runLocked() {
        EnvironmentLock lock = new EnvironmentLock(environment, settings.lock());
        Deployment deployment = Deployment.of(environment.client());
        try (RunSession session = RunSession.start(environment.client(), deployment);
                HeldLock held = lock.acquire(
                        "migrate",
                        session.id(),
                        event -> listener.onEvent(new MigrationEvent.Locking(environment.name(), event)))) {
            MigrationRun run = new MigrationRun(
                    migrations,
                    settings,
                    listener,
                    held,
                    session,
                    new RunContext(environment, session, held, converter));
            held.onLost(lost -> stop(run, lock, session.id()));
            return run(run, held, deployment);
        }
    }

    private List<AppliedMigration> run(MigrationRun run, HeldLock held, Deployment deployment) {
        try (FencedHistory fenced = history().openFor(held, deployment, migrations.ids())) {
            List<HistoryEntry> entries = history().read();
            run.endInterrupted(entries);
            return run.execute(plan(entries), fenced);
        }
    }

    private static void stop(MigrationRun run, EnvironmentLock lock, @Nullable BsonDocument session) {
        run.interrupt();
        if (session != null) {
            // The thread that notices the loss may be the one that has just been interrupted.
            Uninterrupted.run(() -> lock.kill(session));
        }
    }

    private MigrationPlan plan(List<HistoryEntry> entries) {
        return new Planner(environment.name(), migrations, settings).plan(entries);
    }

    private MigrationHistory history() {
        return new MigrationHistory(environment, settings.historyCollection(), settings.scope());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
