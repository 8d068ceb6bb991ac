package dev.monarch.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.TransferFailedException;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.HeldLock;
import dev.monarch.staging.InterruptedSwaps;
import dev.monarch.staging.LoadReport;
import dev.monarch.staging.StagedDatabase;
import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.CollectionProgress.Expected;
import dev.monarch.transfer.TransferMeter;

/** One restore being done, under the lock of its target. */
final class RestoreRun {

    private static final Logger log = LoggerFactory.getLogger(RestoreRun.class);

    private final StoredArchive archive;

    private final @Nullable Manifest manifest;

    private final RestoreScope scope;

    private final MonarchEnvironment target;

    private final HeldLock lock;

    private final long begun = System.nanoTime();

    RestoreRun(StoredArchive archive, RestoreScope scope, HeldLock lock) {
        this.archive = archive;
        this.manifest = archive.manifest();
        this.scope = scope;
        this.target = scope.target();
        this.lock = lock;
    }

    RestoreReport run() {
        InterruptedSwaps swaps = new InterruptedSwaps(target);
        swaps.finish(lock);
        try (ArchiveReading reading =
                ArchiveReading.open(archive, scope.request().selection())) {
            RestoreReport report = load(reading);
            if (scope.request().selection().isWhole()) {
                swaps.forgetInPlace(lock);
            }
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RestoreReport load(ArchiveReading reading) throws IOException {
        Catalogue coming = scope.coming(reading.source().catalogue());
        Map<String, Expected> expected = expected(coming);
        try (StagedDatabase staged = StagedDatabase.open(target, lock, scope.staging(), bytes(expected));
                TransferMeter meter =
                        new TransferMeter(coming, expected, scope.request().listener())) {
            meter.phase("loading");
            CountingSink counting = new CountingSink(meter.metering(staged));
            reading.source().transferTo(counting);
            counting.compareChecksums(reading.source()::checksum);
            Optional<String> problem = reading.problem();
            if (problem.isPresent()) {
                throw damaged(problem.get());
            }
            requireAsInManifest(counting);
            meter.phase("building indexes");
            LoadReport loaded = staged.load();
            long interrupted = staged.interruptMigrations();
            meter.phase("replacing");
            int steps = staged.swap();
            return new RestoreReport(
                    archive.title(),
                    target.name(),
                    loaded,
                    steps,
                    manifest != null,
                    interrupted,
                    Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private Map<String, Expected> expected(Catalogue coming) {
        Map<String, Expected> expected = new HashMap<>();
        if (manifest != null) {
            for (BackedUpCollection collection : manifest.collections()) {
                if (coming.collection(collection.name()).isPresent()) {
                    expected.put(
                            collection.name(),
                            new Expected(
                                    collection.totals().documents(),
                                    collection.totals().bytes()));
                }
            }
        }
        return expected;
    }

    private long bytes(Map<String, Expected> expected) {
        return manifest == null
                ? -1
                : expected.values().stream().mapToLong(Expected::bytes).sum();
    }

    /** Whatever is wrong with the backup must be known before anything is replaced by it. */
    private void requireAsInManifest(CountingSink counting) {
        if (manifest == null) {
            tellThatNothingIsKnown();
            return;
        }
        List<BackedUpCollection> wanted = manifest.collections().stream()
                .filter(collection -> scope.request().selection().selects(collection.name()))
                .toList();
        counting.differences(wanted).stream().findFirst().ifPresent(finding -> {
            throw damaged(finding.toString());
        });
    }

    private void tellThatNothingIsKnown() {
        BackupStoreException problem = archive.problem();
        if (problem == null) {
            log.warn("'{}' has no manifest: only its own checksums say that it is whole", archive.title());
        } else {
            log.warn("'{}' is restored without its manifest: {}", archive.title(), problem.getMessage());
        }
    }

    private TransferFailedException damaged(String problem) {
        return new TransferFailedException(
                RestoreScope.OPERATION,
                target.name(),
                "the backup '" + archive.title() + "' is damaged (" + problem
                        + "); verify-backup tells all that is wrong, and "
                        + (scope.request().isInPlace() ? "a part of it is there now" : "nothing has been replaced"),
                List.of(),
                null);
    }
}
