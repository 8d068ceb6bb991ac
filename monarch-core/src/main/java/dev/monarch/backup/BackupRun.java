package dev.monarch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;

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
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.transfer.CollectionDescription;

/** Takes one backup. */
final class BackupRun {

    static final String OPERATION = "back up";

    private final MonarchEnvironment environment;

    private final BackupStore store;

    private final BackupRequest request;

    private final @Nullable QuerySetChoice chosen;

    private final String historyCollection;

    private final Clock clock;

    private final Instant started;

    private final long begun = System.nanoTime();

    BackupRun(
            MonarchEnvironment environment,
            BackupStore store,
            BackupRequest request,
            @Nullable QuerySetChoice chosen,
            String historyCollection,
            Clock clock) {
        this.environment = environment;
        this.store = store;
        this.request = request;
        this.chosen = chosen;
        this.historyCollection = historyCollection;
        this.clock = clock;
        this.started = clock.instant();
    }

    BackupReport run() {
        String name = name();
        requireCompression();
        try {
            InterruptedSwaps swaps = new InterruptedSwaps(environment);
            // During an interrupted swap the database may be empty. A swap may also start while the source is opened.
            swaps.requireNone(readOptions());
            DatabaseSource source = DatabaseSource.open(environment, readOptions());
            swaps.requireNone(readOptions());
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
                HistoryTap history = new HistoryTap(meter.metering(sink), historyCollection);
                source.transferTo(history);
                meter.phase("completing");
                ArchiveContents contents = sink.complete();
                Manifest manifest = upload.complete(
                        draft.manifest(upload.name(), source, contents, history.summary(), clock.instant()));
                return new BackupReport(manifest, store.name(), Duration.ofNanos(System.nanoTime() - begun));
            }
        } catch (RuntimeException e) {
            throw OperationFailure.of(OPERATION, environment.name(), e);
        }
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
        request.selection().requireMatches(names, historyCollection, environment.name(), OPERATION);
    }

    private InvalidRequestException invalid(String problem) {
        return new InvalidRequestException(environment.name(), "take a backup", List.of(problem));
    }

    private ReadOptions readOptions() {
        return new ReadOptions(
                OPERATION,
                request.selection(),
                request.consistency(),
                request.workers(),
                ReadPreference.primary(),
                historyCollection,
                chosen instanceof SubsetChoice subset ? subset : SubsetChoice.WHOLE,
                null,
                request.allowsEmpty());
    }

    private ArchiveSink sink(BackupUpload upload, Manifest.Server server) {
        return new ArchiveSink(
                upload,
                server.version(),
                request.compression(),
                Runtime.getRuntime().availableProcessors(),
                request.workers());
    }
}
