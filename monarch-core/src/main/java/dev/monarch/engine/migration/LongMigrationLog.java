package dev.monarch.engine.migration;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.Migrator;

/** Warns of a migration that has been running for long, and warns again from time to time. */
final class LongMigrationLog implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(Migrator.class);

    private final Duration first;

    private final Duration next;

    private @Nullable Watch watch;

    /** Warns after the first duration, and then after each of the second. */
    LongMigrationLog(Duration first, Duration next) {
        this.first = first;
        this.next = next;
    }

    @Override
    public synchronized void onEvent(MigrationEvent event) {
        if (event instanceof MigrationEvent.Started started) {
            start(started.environment(), started.migration().id());
        } else if (event instanceof MigrationEvent.RollingBack started) {
            start(started.environment(), started.rollback().id());
        } else if (event instanceof MigrationEvent.Progress progress && watch != null) {
            watch.progress = progress;
        } else if (event instanceof MigrationEvent.Applied
                || event instanceof MigrationEvent.Failed
                || event instanceof MigrationEvent.RolledBack
                || event instanceof MigrationEvent.RollbackFailed) {
            end();
        }
    }

    private void start(String environment, String id) {
        end();
        watch = new Watch(environment, id);
        watch.start();
    }

    private void end() {
        if (watch != null) {
            watch.interrupt();
            watch = null;
        }
    }

    private final class Watch extends Thread {

        private final String environment;

        private final String id;

        private final long started = System.nanoTime();

        private volatile MigrationEvent.@Nullable Progress progress;

        Watch(String environment, String id) {
            super("monarch-long-migration");
            this.environment = environment;
            this.id = id;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                TimeUnit.NANOSECONDS.sleep(first.toNanos());
                while (true) {
                    warn();
                    TimeUnit.NANOSECONDS.sleep(next.toNanos());
                }
            } catch (InterruptedException e) {
                log.trace("Migration '{}' has ended", id, e);
            }
        }

        private void warn() {
            log.warn(
                    "Migration '{}' has been running on environment '{}' for {} s{}",
                    id,
                    environment,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started),
                    describe(progress));
        }

        private static String describe(MigrationEvent.@Nullable Progress progress) {
            if (progress == null) {
                return ", and has not reported any progress";
            }
            String total = progress.total() > 0 ? " of " + progress.total() : "";
            return ": " + progress.done() + total + (progress.message().isEmpty() ? "" : " " + progress.message());
        }
    }
}
