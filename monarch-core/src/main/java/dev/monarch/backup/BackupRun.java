package dev.monarch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.InvalidRequestException;
import dev.monarch.backup.BackupSummary.DatabaseIdentity;
import dev.monarch.engine.archive.ArchiveContents;
import dev.monarch.engine.archive.ArchiveSink;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.engine.transfer.DatabaseSource;
import dev.monarch.engine.transfer.ReadOptions;
import dev.monarch.engine.transfer.ShardKeys;
import dev.monarch.engine.transfer.SubsetChoice;
import dev.monarch.engine.transfer.TransferMeter;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.ReadReport;

/** Takes one backup. */
final class BackupRun {

    private static final Logger log = LoggerFactory.getLogger(BackupRun.class);

    static final String OPERATION = "back up";

    private final MonarchEnvironment environment;

    private final BackupStore store;

    private final BackupRequest request;

    private final @Nullable QuerySetChoice chosen;

    private final ReadOptions reading;

    private final Clock clock;

    private final Instant started;

    private final TransferPace pace;

    private final long begun = System.nanoTime();

    BackupRun(
            MonarchEnvironment environment,
            BackupStore store,
            BackupRequest request,
            @Nullable QuerySetChoice chosen,
            ReadOptions reading,
            Clock clock) {
        this.environment = environment;
        this.store = store;
        this.request = request;
        this.chosen = chosen;
        this.reading = reading;
        this.clock = clock;
        this.started = clock.instant();
        this.pace = reading.pace();
    }

    BackupReport run() {
        BackupReport report = take();
        log(report);
        return report;
    }

    private BackupReport take() {
        String name = name();
        requireCompression();
        try {
            InterruptedSwaps swaps = new InterruptedSwaps(environment);
            // During an interrupted swap the database may be empty. A swap may also start while the source is opened.
            swaps.requireNone(reading);
            DatabaseSource source = DatabaseSource.open(environment, reading);
            swaps.requireNone(reading);
            requireSelected();
            Manifest.Server server = SourceServer.of(environment.ownClient());
            ManifestDraft draft = new ManifestDraft(
                    environment,
                    request,
                    chosen,
                    server,
                    DatabaseIdentity.of(environment),
                    ShardKeys.of(environment),
                    started);
            try (BackupUpload upload = store.begin(name, request.compression().extension());
                    TransferMeter meter = new TransferMeter(source.catalogue(), source.expected(), request.listener());
                    ArchiveSink sink = sink(upload, server)) {
                HistoryTap history = new HistoryTap(meter.metering(sink), reading.history());
                source.transferTo(history);
                meter.phase("completing");
                ArchiveContents contents = sink.complete();
                Manifest manifest = upload.complete(
                        draft.manifest(upload.name(), source, contents, history.summary(), clock.instant()));
                return new BackupReport(
                        manifest, store.name(), pace.times().limits(), Duration.ofNanos(System.nanoTime() - begun));
            }
        } catch (RuntimeException e) {
            throw OperationFailure.of(OPERATION, environment.name(), e);
        }
    }

    private void log(BackupReport report) {
        Manifest manifest = report.manifest();
        Manifest.Reading read = manifest.reading();
        log.info(
                "Backed up '{}' as '{}' into {}: {} documents, {} bytes, stored as {} bytes, in {} s, consistency {}",
                manifest.source().environment(),
                manifest.name(),
                store.description(),
                manifest.documents(),
                manifest.bytes(),
                manifest.archive().length(),
                report.elapsed().toMillis() / 1000.0,
                read.achieved());
        if (read.achieved() != ReadReport.AchievedConsistency.SNAPSHOT) {
            log.warn(
                    "The backup '{}' is not a consistent snapshot: {}",
                    manifest.name(),
                    read.reasons().isEmpty()
                            ? "no collection was read at a point in time"
                            : String.join("; ", read.reasons()));
        }
        read.warnings()
                .forEach(warning -> log.warn(
                        "During the backup of '{}': {}", manifest.source().environment(), warning));
    }

    private String name() {
        Optional<String> problem = BackupName.problem(request.name());
        if (problem.isPresent()) {
            throw invalid("'" + request.name() + "' is not a valid name for a backup: it " + problem.get()
                    + ". Choose another name.");
        }
        return BackupName.of(request.name(), started);
    }

    private void requireCompression() {
        if (!request.compression().isAvailable()) {
            throw invalid("The compression " + request.compressionWord()
                    + " is not available: add com.github.luben:zstd-jni to the application, or choose gzip.");
        }
    }

    private void requireSelected() {
        if (request.selection().only().isEmpty()) {
            return;
        }
        List<String> names = new CatalogueReader(environment.ownDatabase())
                .read().collections().stream().map(CollectionDescription::name).toList();
        request.selection().requireMatches(names, reading.history(), environment.name(), OPERATION);
    }

    private InvalidRequestException invalid(String problem) {
        return new InvalidRequestException(environment.name(), "take a backup", List.of(problem));
    }

    /** {@return how a backup reads its environment} */
    static ReadOptions reading(
            BackupRequest request, @Nullable QuerySetChoice chosen, TransferPace pace, String historyCollection) {
        return new ReadOptions(
                OPERATION,
                request.selection(),
                request.consistency(),
                pace,
                historyCollection,
                chosen instanceof SubsetChoice subset ? subset : SubsetChoice.WHOLE,
                request.allowsEmpty());
    }

    private ArchiveSink sink(BackupUpload upload, Manifest.Server server) {
        return new ArchiveSink(upload, server.version(), request.compression(), pace);
    }
}
