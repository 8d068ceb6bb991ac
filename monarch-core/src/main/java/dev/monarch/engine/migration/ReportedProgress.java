package dev.monarch.engine.migration;

import dev.monarch.engine.Checks;
import dev.monarch.migration.MigrationContext.MigrationProgress;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;

/** Reports the progress of a migration to the listeners. */
final class ReportedProgress implements MigrationProgress {

    private final String environment;

    private final String id;

    private final MigrationListener listener;

    private long total;

    private long done;

    private String message = "";

    ReportedProgress(String environment, String id, MigrationListener listener) {
        this.environment = environment;
        this.id = id;
        this.listener = listener;
    }

    @Override
    public void total(long total) {
        Checks.atLeast("total", total, 0);
        this.total = total;
        report();
    }

    @Override
    public void advance(long more) {
        done += more;
        report();
    }

    @Override
    public void message(String message) {
        this.message = message;
        report();
    }

    private void report() {
        listener.onEvent(new MigrationEvent.Progress(environment, id, done, total, message));
    }
}
