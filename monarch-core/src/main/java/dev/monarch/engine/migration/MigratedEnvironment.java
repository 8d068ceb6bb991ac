package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationHistory;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.Migrator.MigrationSurroundings;

/**
 * An environment with the migrations of an application: its history, its lock, and who receives the events. All
 * operations on the history share it. Safe for use by several threads.
 */
public final class MigratedEnvironment {

    private final MonarchEnvironment environment;

    private final MigrationSet migrations;

    private final MigrationSettings settings;

    private final MigrationSurroundings surroundings;

    private final MigrationListener listener;

    private final Hooks hooks;

    private final RunningMigration running = new RunningMigration();

    public MigratedEnvironment(
            MonarchEnvironment environment,
            MigrationSet migrations,
            MigrationSettings settings,
            MigrationSurroundings surroundings) {
        this.environment = environment;
        this.migrations = migrations;
        this.settings = settings;
        this.surroundings = surroundings;
        List<MigrationListener> all = new ArrayList<>(List.of(new MigrationLog(environment, settings)));
        all.addAll(surroundings.listeners());
        this.listener = new Listeners(List.copyOf(all));
        this.hooks = new Hooks(surroundings.hooks(), listener);
    }

    public MonarchEnvironment environment() {
        return environment;
    }

    public String name() {
        return environment.name();
    }

    MigrationSet migrations() {
        return migrations;
    }

    MigrationSettings settings() {
        return settings;
    }

    MigrationListener listener() {
        return listener;
    }

    Hooks hooks() {
        return hooks;
    }

    /** Returns the runs that are active in this process. */
    public RunningMigration running() {
        return running;
    }

    /** Sends an event to all listeners. */
    public void publish(MigrationEvent event) {
        listener.onEvent(event);
    }

    /** Runs an operation on the server, and translates exceptions of the driver. */
    public <T> T translated(String operation, Supplier<T> work) {
        return OperationFailure.translated(operation, name(), work);
    }

    /** Refuses a user who lacks privileges that every run needs; one round trip. */
    public void requirePrivileges() {
        MigrationPrivileges.require(environment, settings.historyCollection());
    }

    /** Refuses migrations that are invalid, or whose ids the history spells differently. */
    void requireValid(List<HistoryEntry> entries) {
        migrations.requireValid();
        Spelling.requireSame(migrations, entries);
    }

    /** Reads the history; one round trip. */
    public List<HistoryEntry> entries() {
        return translated(
                "read the history of", () -> Privileges.whenRead(() -> history().read(), this::requirePrivileges));
    }

    /** Returns the capabilities of the server. */
    Deployment deployment() {
        return Deployment.of(environment.ownClient());
    }

    /**
     * Runs a task that may write the history.
     *
     * @see RunLock#whileHeld
     */
    <R> R whileHeld(String purpose, Deployment deployment, Collection<String> ids, Function<LockedRun, R> task) {
        return new RunLock(environment, lock(), history(), listener, running).whileHeld(purpose, deployment, ids, task);
    }

    MigrationCall call(LockedRun run) {
        return new MigrationCall(run, settings.scope(), migrations, listener, surroundings);
    }

    public EnvironmentLock lock() {
        return new EnvironmentLock(environment, settings.lock());
    }

    private MigrationHistory history() {
        return new MigrationHistory(environment, settings.historyCollection(), settings.scope());
    }
}
