package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.MongoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.TransferFailedException;
import dev.monarch.backup.BackupStore;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.advice.Advice;

/**
 * Finishes a restore whose swap was interrupted, when the application starts and before it migrates.
 *
 * <p>An application without migrations and without a backup store does not need a database for this.
 */
final class InterruptedSwapLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InterruptedSwapLifecycle.class);

    static final int PHASE = MigrationLifecycle.PHASE - 10;

    private final ObjectProvider<EnvironmentRegistry> environments;

    private final ObjectProvider<BackupStore> stores;

    private final ObjectProvider<BootMigrations> migrations;

    private final LockSettings lock;

    private volatile boolean running;

    InterruptedSwapLifecycle(
            ObjectProvider<EnvironmentRegistry> environments,
            ObjectProvider<BackupStore> stores,
            ObjectProvider<BootMigrations> migrations,
            LockSettings lock) {
        this.environments = environments;
        this.stores = stores;
        this.migrations = migrations;
        this.lock = lock;
    }

    @Override
    public void start() {
        boolean restores = stores.stream().findAny().isPresent();
        boolean migrates = migrations.stream().anyMatch(BootMigrations::exist);
        if (restores || migrates) {
            end(environments.getObject().own(), migrates);
        }
        running = true;
    }

    /** An application with several databases and no own environment has no swap to finish. */
    private void end(MonarchEnvironment own, boolean migrates) {
        try {
            own.address();
        } catch (InvalidEnvironmentException e) {
            if (migrates) {
                throw e;
            }
            log.warn("Did not look for an interrupted restore: {}", e.getMessage());
            return;
        }
        try {
            new InterruptedSwaps(
                            own,
                            entry -> log.warn("{}", Advice.of(entry, own.name()).line()))
                    .endIfAny(lock);
        } catch (TransferFailedException e) {
            if (migrates
                    && e.getCause() instanceof MongoException cause
                    && cause.getCode() == Privileges.UNAUTHORIZED) {
                migrations.forEach(BootMigrations::requirePrivileges);
            }
            throw e;
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
