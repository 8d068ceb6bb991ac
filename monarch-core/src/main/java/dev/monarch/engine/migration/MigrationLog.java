package dev.monarch.engine.migration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.lock.LockLog;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.Migrator;

/**
 * Logs the start and the end of each run and each migration, and one line if nothing is pending. The stack trace of a
 * failure is logged here and nowhere else.
 */
final class MigrationLog implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(Migrator.class);

    private final MonarchEnvironment environment;

    private final LongMigrationLog longMigrations;

    MigrationLog(MonarchEnvironment environment, MigrationSettings settings) {
        this.environment = environment;
        this.longMigrations = new LongMigrationLog(settings.warnAfter(), settings.warnEvery());
    }

    @Override
    public void onEvent(MigrationEvent event) {
        longMigrations.onEvent(event);
        if (event instanceof MigrationEvent.NothingPending nothing) {
            log.info("Environment '{}': nothing pending, {} applied", nothing.environment(), nothing.applied());
        } else if (event instanceof MigrationEvent.LockProgress locking) {
            LockLog.of(locking.environment()).accept(locking.event());
        } else if (event instanceof MigrationEvent.Warning warning) {
            log.warn("Environment '{}': {}", warning.environment(), warning.text());
        } else if (event instanceof MigrationEvent.RunStarted run) {
            log.info(
                    "Migrating environment '{}' ({} on {}): {} pending",
                    run.environment(),
                    environment.address().database(),
                    String.join(",", environment.address().hosts()),
                    run.pending().size());
        } else if (event instanceof MigrationEvent.Started started) {
            log.info(
                    "Migration '{}' started (attempt {})",
                    started.migration().id(),
                    started.migration().attempts() + 1);
        } else if (event instanceof MigrationEvent.Applied applied) {
            log.info(
                    "Migration '{}' applied in {} ms (attempt {})",
                    applied.migration().id(),
                    applied.migration().elapsed().toMillis(),
                    applied.migration().attempt());
        } else if (event instanceof MigrationEvent.Failed failed) {
            onFailure(failed);
        } else if (event instanceof MigrationEvent.Progress progress) {
            log.debug(
                    "Migration '{}': {} of {} {}",
                    progress.id(),
                    progress.done(),
                    progress.total(),
                    progress.message());
        } else if (event instanceof MigrationEvent.RolledBack rolledBack) {
            log.info(
                    "Migration '{}' rolled back in {} ms",
                    rolledBack.migration().id(),
                    rolledBack.migration().elapsed().toMillis());
        } else if (event instanceof MigrationEvent.RollbackFailed failed) {
            log.error("{}", failed.error().getMessage());
        } else if (event instanceof MigrationEvent.Amended amended) {
            log.warn("Environment '{}', changed manually: {}", amended.environment(), amended.text());
        } else if (event instanceof MigrationEvent.RunFinished finished) {
            log.info(
                    "Environment '{}': {} applied in {} ms",
                    finished.environment(),
                    finished.report().applied().size(),
                    finished.report().elapsed().toMillis());
        }
    }

    private static void onFailure(MigrationEvent.Failed failed) {
        log.error(
                "{} It ran for {} ms.",
                failed.error().getMessage(),
                failed.elapsed().toMillis(),
                failed.error().getCause());
    }
}
