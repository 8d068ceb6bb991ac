package dev.monarch.spring.boot.autoconfigure;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Migrates while the beans of the application are created. A bean that depends on it, by {@code @DependsOn} or {@code
 * @DependsOnDatabaseInitialization}, is created afterwards.
 *
 * <p>The bean is always there, and does nothing if migrations run at another time: ahead-of-time processing fixes which beans
 * depend on it.
 */
final class EarlyMigrations implements InitializingBean {

    private final RunAt runAt;

    private final ObjectProvider<BootMigrations> migrations;

    private final ObjectProvider<InterruptedSwapLifecycle> swaps;

    EarlyMigrations(
            RunAt runAt, ObjectProvider<BootMigrations> migrations, ObjectProvider<InterruptedSwapLifecycle> swaps) {
        this.runAt = runAt;
        this.migrations = migrations;
        this.swaps = swaps;
    }

    @Override
    public void afterPropertiesSet() {
        if (runAt == RunAt.EARLY) {
            swaps.ifAvailable(InterruptedSwapLifecycle::endOnce);
            migrations.ifAvailable(BootMigrations::migrate);
        }
    }
}
