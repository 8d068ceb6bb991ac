package dev.monarch.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.archive.UnsupportedArchive;
import dev.monarch.engine.dump.Dump;
import dev.monarch.engine.transfer.TransferMeter;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.transfer.Omission;
import dev.monarch.transfer.TransferProgress.Limit.Stage;
import dev.monarch.transfer.TransferProgress.TransferListener;

/** Verifies an archive by reading it completely and comparing it with its manifest, if there is one. */
final class VerificationRun {

    private static final Logger log = LoggerFactory.getLogger(VerificationRun.class);

    private static final String BUCKETS = "system.buckets.";

    private final StoredArchive archive;

    private final @Nullable Manifest manifest;

    private final TransferPace pace;

    private final TransferListener listener;

    private final List<VerificationReport.Finding> findings = new ArrayList<>();

    private List<CheckedStream.PlacedFrame> damaged = List.of();

    private List<Omission> omissions = List.of();

    private @Nullable OperationRefusedException refusal;

    private final CountingSink counting = new CountingSink(null);

    private final long begun = System.nanoTime();

    VerificationRun(StoredArchive archive, TransferPace pace, TransferListener listener) {
        this.archive = archive;
        this.manifest = archive.manifest();
        this.pace = pace;
        this.listener = listener;
    }

    VerificationReport run() {
        VerificationReport report = verify();
        if (report.ok()) {
            log.info("Verified '{}': {} documents, {} bytes", report.backup(), report.documents(), report.bytes());
        } else {
            log.error("'{}' is damaged: {}", report.backup(), report.findings());
        }
        return report;
    }

    private VerificationReport verify() {
        BackupStoreException problem = archive.problem();
        if (problem != null) {
            add(null, problem.getMessage());
        }
        StoredArchive.Opening data = archive.data();
        if (archive.dump() != null) {
            read(InputStream::nullInputStream);
        } else if (data != null) {
            read(data);
            if (!damaged.isEmpty()) {
                inspect(data);
            }
        }
        return new VerificationReport(
                archive.title(),
                counting.ended(),
                counting.documents(),
                counting.bytes(),
                findings,
                omissions,
                pace.times().limits(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private void read(StoredArchive.Opening data) {
        try (CheckedStream stream = CheckedStream.of(pace.times().timing(Stage.STORE, data.open()), collections())) {
            boolean whole = read(stream);
            stream.differences(manifest).forEach(difference -> add(null, difference));
            if (manifest != null) {
                damaged = stream.damaged();
                if (whole) {
                    findings.addAll(counting.differences(manifest.collections()));
                }
            }
            explainRefusal();
        } catch (IOException e) {
            add(null, "it cannot be read completely: " + e.getMessage());
        } catch (BackupStoreException e) {
            add(null, e.getMessage());
        }
    }

    /** Reads the damaged frames again, each separately. */
    private void inspect(StoredArchive.Opening data) {
        try (InputStream stream = data.open()) {
            long position = 0;
            for (CheckedStream.PlacedFrame frame : damaged) {
                byte[] stored = stored(
                        stream, frame.frame().offset() - position, frame.frame().length());
                position = frame.end();
                add(frame.collection(), frame.damage(stored));
            }
        } catch (IOException | BackupStoreException e) {
            add(null, "it cannot be read again: " + e.getMessage());
        }
    }

    /** {@return the stored bytes of a frame; empty if the data ends before it} */
    private static byte[] stored(InputStream stream, long distance, long length) throws IOException {
        try {
            stream.skipNBytes(distance);
        } catch (EOFException e) {
            return new byte[0];
        }
        return stream.readNBytes(Math.toIntExact(length));
    }

    private List<BackedUpCollection> collections() {
        return manifest == null ? List.of() : manifest.collections();
    }

    /** Reads the archive as a restore would. Stops at the first damage. */
    private boolean read(CheckedStream stream) {
        // The reader closes its stream, but the rest must be read as well.
        try (ArchiveSource source = source(stream);
                TransferMeter meter = new TransferMeter(source.catalogue(), Map.of(), listener)) {
            meter.phase("verifying");
            omissions = source.catalogue().omissions();
            long reading = System.nanoTime();
            source.transferTo(pace.pacing(meter.metering(counting)));
            pace.times().read(reading);
            counting.compareChecksums(source::checksum);
            return true;
        } catch (DamagedArchiveException e) {
            String collection = e.namespace() == null ? null : collectionOf(e.namespace());
            add(collection, e.problem() + ", at byte " + e.offset() + " of " + place(e));
            return false;
        } catch (OperationRefusedException e) {
            refusal = e;
            return false;
        } catch (IOException e) {
            add(null, "it cannot be read completely: " + e.getMessage());
            return false;
        }
    }

    private ArchiveSource source(CheckedStream stream) {
        Dump dump = archive.dump();
        return dump != null ? ArchiveSource.openAll(dump.open()) : ArchiveSource.openAll(new NonClosingStream(stream));
    }

    /** A damaged header can look like an unsupported format. If there is other damage, it is reported as damage. */
    private void explainRefusal() {
        if (refusal == null) {
            return;
        }
        if (findings.isEmpty()) {
            throw UnsupportedArchive.named(refusal, archive.title());
        }
        add(null, UnsupportedArchive.unreadable(refusal));
    }

    private static String place(DamagedArchiveException damage) {
        return damage.file() == null ? "the decompressed archive" : "'" + damage.file() + "'";
    }

    private static String collectionOf(String namespace) {
        String collection = namespace.substring(namespace.indexOf('.') + 1);
        return collection.startsWith(BUCKETS) ? collection.substring(BUCKETS.length()) : collection;
    }

    private void add(@Nullable String collection, @Nullable String problem) {
        findings.add(new VerificationReport.Finding(collection, String.valueOf(problem)));
    }
}
