package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

import dev.monarch.LockHeldException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.Reason;
import dev.monarch.engine.bean.AnnotatedBeans;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationPlan;
import dev.monarch.migration.MigrationReport;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;
import dev.monarch.spring.boot.operation.InterruptibleOperations;

/**
 * Runs or validates the migrations of an application that starts.
 *
 * <p>Without migration beans it does nothing and does not connect, because a test slice without migrations must not
 * need a database.
 */
final class BootMigrations {

    private static final Logger log = LoggerFactory.getLogger(BootMigrations.class);

    static final String AUTO_INDEX_CREATION = "spring.data.mongodb.auto-index-creation";

    private final BootMigrators migrators;

    private final FirstContact contact;

    private final Environment environment;

    private final InterruptibleOperations operations;

    /** Looked for once: all beans are looked through. */
    private final Supplier<Boolean> exist;

    BootMigrations(
            ListableBeanFactory beans,
            BootMigrators migrators,
            FirstContact contact,
            Environment environment,
            InterruptibleOperations operations) {
        this.exist = SingletonSupplier.of(() -> AnnotatedBeans.exist(beans, Migration.class, MongoMigration.class));
        this.migrators = migrators;
        this.contact = contact;
        this.environment = environment;
        this.operations = operations;
    }

    boolean exist() {
        return exist.get();
    }

    void migrate() {
        migrate((migrator, held) -> {
            throw held;
        });
    }

    /**
     * Migrates one environment after the other. If one fails, the following are not migrated.
     *
     * @param whenLocked what to do if another process holds the lock of an environment
     */
    void migrate(BiFunction<Migrator, LockHeldException, MigrationReport> whenLocked) {
        if (!exist()) {
            log.info("No migrations: the application has no bean with @Migration");
            return;
        }
        warnOfAutoIndexCreation();
        List<Migrator> all = migrators.all();
        List<MigrationReport> reports = new ArrayList<>();
        for (Migrator migrator : all) {
            try {
                reports.add(migrate(migrator, whenLocked));
            } catch (RuntimeException e) {
                logSkipped(migrator, all.subList(reports.size() + 1, all.size()));
                throw e;
            }
        }
        if (all.size() > 1) {
            logSummary(reports);
        }
    }

    private MigrationReport migrate(
            Migrator migrator, BiFunction<Migrator, LockHeldException, MigrationReport> whenLocked) {
        contact.await(migrator.environment());
        try {
            return operations.migrate(migrator);
        } catch (LockHeldException held) {
            return whenLocked.apply(migrator, held);
        }
    }

    private static void logSkipped(Migrator failed, List<Migrator> skipped) {
        if (!skipped.isEmpty()) {
            log.error(
                    "Environment '{}' failed. The environments after it are not migrated: {}",
                    failed.environment().name(),
                    skipped.stream()
                            .map(migrator -> "'" + migrator.environment().name() + "'")
                            .collect(Collectors.joining(", ")));
        }
    }

    private static void logSummary(List<MigrationReport> reports) {
        log.info(
                "Migrated {} environments in {} ms: {}",
                reports.size(),
                reports.stream()
                        .mapToLong(report -> report.elapsed().toMillis())
                        .sum(),
                reports.stream()
                        .map(report -> "'" + report.environment() + "' ("
                                + report.applied().size() + " applied)")
                        .collect(Collectors.joining(", ")));
    }

    void validate() {
        if (!exist()) {
            return;
        }
        for (Migrator migrator : migrators.all()) {
            contact.await(migrator.environment());
            validate(migrator.plan());
        }
    }

    private static void validate(MigrationPlan plan) {
        plan.requireOwnHistory();
        if (!plan.isUpToDate()) {
            throw new PendingMigrationsException(
                    plan.environment(),
                    plan.pendingIds(),
                    Reason.MIGRATIONS_PENDING,
                    "this application only validates");
        }
        log.info("Environment '{}': nothing pending, {} applied", plan.environment(), plan.applied());
    }

    /** {@return the environments that are migrated, in order} */
    List<MonarchEnvironment> environments() {
        return migrators.environments();
    }

    /** Checks that the user of an environment has the privileges that a run needs. */
    void requirePrivileges(MonarchEnvironment of) {
        migrators.all().stream()
                .filter(migrator -> migrator.environment() == of)
                .forEach(Migrator::requirePrivileges);
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
