package dev.monarch.spring.boot.autoconfigure;

import org.springframework.context.SmartLifecycle;

/**
 * Migrates or validates while the application starts: before the web server, the message listeners and everything
 * else that has a phase.
 */
final class MigrationLifecycle implements SmartLifecycle {

    /** Before everything that serves or listens. The gap leaves room for what must come even earlier. */
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
