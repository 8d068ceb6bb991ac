package dev.monarch.backup;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.OperationRefusedException;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.staging.ReplacementOrigin;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.TransferProgress.CollectionProgress.Expected;

/** Reads a backup for a restore and verifies it against its manifest. */
record OpenBackup(RestoreScope scope, OpenArchive reading, Catalogue catalogue, Map<String, Expected> expected)
        implements ReplacementOrigin.OpenOrigin {

    private static final Logger log = LoggerFactory.getLogger(OpenBackup.class);

    /** Any damage must be found before the restore replaces data. */
    @Override
    public void transferTo(TransferSink sink) throws IOException {
        Catalogue contents = reading.source().catalogue();
        Subset subset = scope.change().select(contents);
        CountingSink counting = new CountingSink(scope.change().into(sink, subset, scope.incoming(contents)));
        long begun = System.nanoTime();
        try (subset) {
            reading.source().transferTo(scope.pace().pacing(counting));
        } catch (OperationRefusedException e) {
            throw reading.explained(e, scope);
        }
        counting.compareChecksums(reading.source()::checksum);
        reading.problem().ifPresent(problem -> {
            throw scope.damaged(problem);
        });
        scope.pace().times().read(begun);
        requireAsInManifest(counting);
    }

    private void requireAsInManifest(CountingSink counting) {
        Manifest manifest = scope.archive().manifest();
        if (manifest == null) {
            warnWithoutManifest();
            return;
        }
        List<BackedUpCollection> selected = manifest.collections().stream()
                .filter(collection -> scope.request().selection().selects(collection.name()))
                .toList();
        counting.differences(selected).stream().findFirst().ifPresent(finding -> {
            throw scope.damaged(finding.toString());
        });
    }

    private void warnWithoutManifest() {
        BackupStoreException problem = scope.archive().problem();
        if (problem == null) {
            log.warn(
                    "'{}' has no manifest: only its structure and its own checksums are verified",
                    scope.archive().title());
        } else {
            log.warn("Restoring '{}' without its manifest: {}", scope.archive().title(), problem.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        reading.close();
    }
}
