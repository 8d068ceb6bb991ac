package dev.monarch.spring.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

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

    private final ObjectProvider<FirstContact> contact;

    private final LockSettings lock;

    private volatile boolean running;

    private volatile boolean done;

    InterruptedSwapLifecycle(
            ObjectProvider<EnvironmentRegistry> environments,
            ObjectProvider<BackupStore> stores,
            ObjectProvider<BootMigrations> migrations,
            ObjectProvider<FirstContact> contact,
            LockSettings lock) {
        this.environments = environments;
        this.stores = stores;
        this.migrations = migrations;
        this.contact = contact;
        this.lock = lock;
    }

    @Override
    public void start() {
        endOnce();
        running = true;
    }

    /** Finishes the swap, unless this has happened already. */
    void endOnce() {
        if (done) {
            return;
        }
        Set<MonarchEnvironment> migrated = new LinkedHashSet<>();
        migrations.stream().filter(BootMigrations::exist).forEach(all -> migrated.addAll(all.environments()));
        migrated.forEach(environment -> end(environment, true));
        if (stores.stream().findAny().isPresent()) {
            MonarchEnvironment own = environments.getObject().own();
            if (!migrated.contains(own)) {
                end(own, false);
            }
        }
        done = true;
    }

    /** An application with several databases and no own environment has no swap to finish. */
    private void end(MonarchEnvironment environment, boolean migrates) {
        try {
            environment.address();
        } catch (InvalidEnvironmentException e) {
            if (migrates) {
                throw e;
            }
            log.warn("Did not look for an interrupted restore: {}", e.getMessage());
            return;
        }
        contact.ifAvailable(first -> first.await(environment));
        try {
            new InterruptedSwaps(
                            environment,
                            entry -> log.warn(
                                    "{}", Advice.of(entry, environment.name()).line()))
                    .endIfAny(lock);
        } catch (TransferFailedException e) {
            if (migrates
                    && e.getCause() instanceof MongoException cause
                    && cause.getCode() == Privileges.UNAUTHORIZED) {
                migrations.forEach(all -> all.requirePrivileges(environment));
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
