package dev.monarch.spring.boot.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.monarch.environment.LockEvent;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.spring.boot.advice.Advice;

/** Shows the steps of a run: lines in a pipe, and one changing line on a terminal. */
final class ProgressLines implements MigrationListener {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(100);

    private final CommandConsole console;

    private final PrintStream out;

    /** Whether lines can be overwritten. */
    private final boolean live;

    private final AtomicLong lastProgress = new AtomicLong(Long.MIN_VALUE);

    ProgressLines(CommandConsole console, PrintStream out) {
        this.console = console;
        this.out = out;
        this.live = console.isTerminal() && console.ansi().enabled();
    }

    @Override
    public void onEvent(MigrationEvent event) {
        if (event instanceof MigrationEvent.LockProgress locking) {
            onLock(locking.event());
        } else if (event instanceof MigrationEvent.Warning warning) {
            console.err()
                    .println(console.styled(
                            "yellow",
                            "Warning: "
                                    + Printable.name(Advice.of(warning.fact(), warning.environment())
                                            .line())));
        } else if (event instanceof MigrationEvent.Started started) {
            line("Running " + started.migration().id());
        } else if (event instanceof MigrationEvent.Progress progress) {
            onProgress(progress);
        } else if (event instanceof MigrationEvent.Applied applied) {
            line(console.styled("green", "Applied " + applied.migration().id()) + " in "
                    + Texts.duration(applied.migration().elapsed())
                    + (applied.migration().attempt() > 1
                            ? " (attempt " + applied.migration().attempt() + ")"
                            : ""));
        } else if (event instanceof MigrationEvent.RollingBack rolling) {
            line("Rolling back " + rolling.rollback().id());
        } else if (event instanceof MigrationEvent.RolledBack rolledBack) {
            line(console.styled("green", "Rolled back " + rolledBack.migration().id()) + " in "
                    + Texts.duration(rolledBack.migration().elapsed()));
        } else if (event instanceof MigrationEvent.Failed failed) {
            line(console.styled("red", "Failed " + failed.id()) + " after " + Texts.duration(failed.elapsed()));
        } else if (event instanceof MigrationEvent.RollbackFailed failed) {
            line(console.styled("red", "Failed to roll back " + failed.id()));
        }
    }

    private void onLock(LockEvent event) {
        if (event instanceof LockEvent.Waiting waiting) {
            console.err()
                    .println("Waiting up to " + waiting.atMost().toSeconds() + " s for the lock, held by "
                            + waiting.holder() + ".");
        } else if (event instanceof LockEvent.TakenOver taken) {
            console.err().println("Took over the lock of " + taken.formerHolder() + ", whose lease had expired.");
        } else if (event instanceof LockEvent.AbandonedOperations ending) {
            console.err()
                    .println("Killing operations that " + ending.sessions() + " dead session(s) left on the server.");
        }
    }

    private void onProgress(MigrationEvent.Progress progress) {
        long now = System.nanoTime();
        long last = lastProgress.get();
        Duration pause = live ? BETWEEN_CHANGES : BETWEEN_LINES;
        if (last != Long.MIN_VALUE && now - last < pause.toNanos()) {
            return;
        }
        lastProgress.set(now);
        String text = Texts.progress(progress.id(), progress.done(), progress.total(), progress.message());
        if (live) {
            out.print("\r" + Printable.line(text) + "\u001b[K");
            out.flush();
        } else {
            line(text);
        }
    }

    private void line(String text) {
        out.println((live ? "\r\u001b[K" : "") + Printable.line(text));
        out.flush();
    }
}
