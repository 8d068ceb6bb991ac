package dev.monarch.spring.boot.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.operation.InterruptibleOperations;
import dev.monarch.spring.boot.operation.OperationName;
import dev.monarch.spring.boot.operation.RunningOperations;

/** Prepares a run of the pending migrations. The end of the application interrupts it. */
final class RequestedMigration {

    private final EnvironmentRegistry environments;

    private final ObjectProvider<Migrator> migrator;

    private final RunningOperations operations;

    private final InterruptibleOperations interruptible;

    private final LockSettings lock;

    RequestedMigration(
            EnvironmentRegistry environments,
            ObjectProvider<Migrator> migrator,
            RunningOperations operations,
            InterruptibleOperations interruptible,
            LockSettings lock) {
        this.environments = environments;
        this.migrator = migrator;
        this.operations = operations;
        this.interruptible = interruptible;
        this.lock = lock;
    }

    /**
     * Prepares a run.
     *
     * @param name the environment; null for the application's own
     * @return what to do
     * @throws dev.monarch.MonarchException if there is no such environment, or if the migrations cannot run on it
     */
    Runnable prepare(@Nullable String name) {
        MonarchEnvironment environment = name == null ? environments.own() : environments.get(name);
        boolean own = environment.name().equals(environments.own().name());
        Migrator application = migrator.getObject();
        Migrator migrating = own ? application : application.on(environment);
        return () -> operations.track(OperationName.RUN, environment.name(), () -> {
            interruptible.run(
                    "the end of an interrupted swap in '" + environment.name() + "'",
                    () -> new InterruptedSwaps(environment).endIfAny(lock));
            return interruptible.migrate(migrating).applied().size() + " applied";
        });
    }
}
