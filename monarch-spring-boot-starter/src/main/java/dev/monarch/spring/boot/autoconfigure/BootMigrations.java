package dev.monarch.spring.boot.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

import dev.monarch.PendingMigrationsException;
import dev.monarch.Reason;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationPlan;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;
import dev.monarch.spring.boot.operation.InterruptibleOperations;

/**
 * Runs or validates the migrations of an application that starts.
 *
 * <p>Without migration beans it does nothing and asks no one, because a test slice without migrations must not need a
 * database.
 */
final class BootMigrations {

    private static final Logger log = LoggerFactory.getLogger(BootMigrations.class);

    static final String AUTO_INDEX_CREATION = "spring.data.mongodb.auto-index-creation";

    private final ListableBeanFactory beans;

    private final ObjectProvider<Migrator> migrator;

    private final Environment environment;

    private final InterruptibleOperations operations;

    BootMigrations(
            ListableBeanFactory beans,
            ObjectProvider<Migrator> migrator,
            Environment environment,
            InterruptibleOperations operations) {
        this.beans = beans;
        this.migrator = migrator;
        this.environment = environment;
        this.operations = operations;
    }

    boolean exist() {
        return beans.getBeanNamesForType(MongoMigration.class, true, false).length > 0
                || beans.getBeanNamesForAnnotation(Migration.class).length > 0;
    }

    void migrate() {
        if (!exist()) {
            log.info("No migrations: the application has no bean with @Migration");
            return;
        }
        warnOfAutoIndexCreation();
        operations.migrate(migrator.getObject());
    }

    void validate() {
        if (!exist()) {
            return;
        }
        MigrationPlan plan = plan();
        if (!plan.isUpToDate()) {
            throw new PendingMigrationsException(
                    plan.environment(),
                    plan.pendingIds(),
                    Reason.MIGRATIONS_PENDING,
                    "this application only validates");
        }
        log.info("Environment '{}': nothing pending, {} applied", plan.environment(), plan.applied());
    }

    /** Checks that the application's user has the privileges that a run needs. */
    void requirePrivileges() {
        migrator.getObject().requirePrivileges();
    }

    MigrationPlan plan() {
        return migrator.getObject().plan();
    }

    private void warnOfAutoIndexCreation() {
        if (environment.getProperty(AUTO_INDEX_CREATION, Boolean.class, false)) {
            log.warn(
                    "{} is on: Spring Data creates indexes of mapped classes before any migration runs, on data that no migration"
                            + " has prepared",
                    AUTO_INDEX_CREATION);
        }
    }
}
