package dev.monarch.copy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.monarch.TransferFailedException;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.EnvironmentLock;
import dev.monarch.lock.HeldLock;
import dev.monarch.lock.LockSettings;
import dev.monarch.staging.InterruptedSwaps;
import dev.monarch.staging.LoadReport;
import dev.monarch.staging.ReviewedHistory;
import dev.monarch.staging.StagedDatabase;
import dev.monarch.transfer.CollectionProgress.Expected;
import dev.monarch.transfer.DatabaseSource;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferMeter;

/** One copy being made, under the lock of its target. */
final class CopyRun {

    private final CopyScope scope;

    private final MonarchEnvironment source;

    private final MonarchEnvironment target;

    private final HeldLock lock;

    private final long begun = System.nanoTime();

    CopyRun(CopyScope scope, HeldLock lock) {
        this.scope = scope;
        this.source = scope.source();
        this.target = scope.target();
        this.lock = lock;
    }

    CopyReport run(LockSettings settings) {
        if (lock.isSeenIn(source)) {
            throw scope.same();
        }
        requireNoMigration(settings);
        InterruptedSwaps swaps = new InterruptedSwaps(target);
        swaps.finish(lock);
        CopyReport report = copy();
        if (scope.staging().replacement().removeOthers()) {
            swaps.forgetInPlace(lock);
        }
        return report;
    }

    /** What a dead process left in the history is no migration; who is at work holds the lock. */
    private void requireNoMigration(LockSettings settings) {
        new EnvironmentLock(source, settings)
                .holder()
                .filter(holder -> ReviewedHistory.isAtWork(source.database().getCollection(scope.historyCollection())))
                .ifPresent(holder -> {
                    throw migrating("migrations are at work there (" + holder + ")");
                });
    }

    private TransferFailedException migrating(String what) {
        return new TransferFailedException(
                CopyScope.OPERATION,
                target.name(),
                "'" + source.name() + "' was read while it changed: " + what
                        + ". Copy again when they have ended; nothing has been replaced",
                List.of(),
                null);
    }

    private CopyReport copy() {
        DatabaseSource from = DatabaseSource.open(source, scope.reading());
        try (StagedDatabase staged = StagedDatabase.open(target, lock, scope.staging(), bytes(from.expected()));
                TransferMeter meter = new TransferMeter(
                        from.catalogue(), from.expected(), scope.request().listener())) {
            meter.phase("copying");
            from.transferTo(meter.metering(new RenamingSink(scope.renames(), staged)));
            ReadReport reading = from.report();
            if (reading.migrated()) {
                throw migrating("migrations ran meanwhile");
            }
            meter.phase("building indexes");
            LoadReport loaded = staged.load();
            long interrupted = staged.interruptMigrations();
            meter.phase("replacing");
            int steps = staged.swap();
            return new CopyReport(
                    source.name(),
                    target.name(),
                    reading,
                    loaded,
                    steps,
                    interrupted,
                    Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** Of what is read in part nobody knows how much comes. */
    private static long bytes(Map<String, Expected> expected) {
        Collection<Expected> all = expected.values();
        return all.stream().anyMatch(each -> each.bytes() < 0)
                ? -1
                : all.stream().mapToLong(Expected::bytes).sum();
    }
}
