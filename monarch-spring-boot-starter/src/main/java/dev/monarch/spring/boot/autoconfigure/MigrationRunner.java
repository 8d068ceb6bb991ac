package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

import dev.monarch.LockHeldException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.Reason;
import dev.monarch.migration.MigrationPlan;
import dev.monarch.migration.MigrationReport;
import dev.monarch.migration.Migrator;

/**
 * Migrates when the context is up. The application is alive, but it is ready for traffic only after its runners have
 * returned.
 */
final class MigrationRunner implements ApplicationRunner, PriorityOrdered {

    private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final BootMigrations migrations;

    private final WhenLocked whenLocked;

    private final Duration waitAtMost;

    MigrationRunner(BootMigrations migrations, WhenLocked whenLocked, Duration waitAtMost) {
        this.migrations = migrations;
        this.whenLocked = whenLocked;
        this.waitAtMost = waitAtMost;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!migrations.exist()) {
            return;
        }
        if (whenLocked == WhenLocked.WAIT) {
            migrations.migrate();
        } else {
            migrations.migrate(this::awaitHolder);
        }
    }

    private MigrationReport awaitHolder(Migrator migrator, LockHeldException held) {
        long start = System.nanoTime();
        log.info(
                "Environment '{}': {} holds the lock for {}; this application is not ready for traffic until everything is applied",
                held.environment(),
                held.host(),
                held.purpose());
        awaitHolder(migrator, start);
        return new MigrationReport(held.environment(), List.of(), Duration.ofNanos(System.nanoTime() - start));
    }

    private void awaitHolder(Migrator migrator, long start) {
        MigrationPlan plan = migrator.plan();
        while (!plan.isUpToDate()) {
            if (System.nanoTime() - start > waitAtMost.toNanos() || !pause()) {
                throw new PendingMigrationsException(
                        plan.environment(),
                        plan.pendingIds(),
                        Reason.MIGRATIONS_PENDING_ELSEWHERE,
                        "another process held the lock when this application started, and did not apply them within "
                                + waitAtMost.toSeconds() + " s");
            }
            plan = migrator.plan();
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** First of all runners: the others may rely on the migrations. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
