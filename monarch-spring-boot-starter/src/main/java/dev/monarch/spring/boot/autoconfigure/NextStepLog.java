package dev.monarch.spring.boot.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.MonarchException;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.advice.Advice;

/** Logs what to do after a failed migration, where the migrator logs the failure. */
final class NextStepLog implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(Migrator.class);

    @Override
    public void onEvent(MigrationEvent event) {
        if (event instanceof MigrationEvent.Failed failed) {
            log(failed.error());
        } else if (event instanceof MigrationEvent.RollbackFailed failed) {
            log(failed.error());
        }
    }

    private static void log(RuntimeException failure) {
        if (failure instanceof MonarchException ours) {
            log.error("Next: {}", Advice.of(ours).nextStep());
        }
    }
}
