package dev.monarch.spring.boot.autoconfigure;

import org.springframework.context.SmartLifecycle;

/**
 * Migrates, or validates, while the application starts: before the web server, the message listeners and everything else
 * that has a phase.
 */
final class MigrationLifecycle implements SmartLifecycle {

    /** Early enough for anything that serves or listens; a little room is left for what must come before. */
    static final int PHASE = Integer.MIN_VALUE + 1_000;

    private final BootMigrations migrations;

    private final RunAt runAt;

    private volatile boolean running;

    MigrationLifecycle(BootMigrations migrations, RunAt runAt) {
        this.migrations = migrations;
        this.runAt = runAt;
    }

    @Override
    public void start() {
        if (runAt == RunAt.VALIDATE) {
            migrations.validate();
        } else {
            migrations.migrate();
        }
        running = true;
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
