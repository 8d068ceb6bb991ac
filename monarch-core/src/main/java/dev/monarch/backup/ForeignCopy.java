package dev.monarch.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.OperationRefusedException;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.archive.Compression;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.archive.ArchiveContents;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.engine.archive.ArchiveSink;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.archive.UnsupportedArchive;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.TransferMeter;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.ReadReport.AchievedConsistency;
import dev.monarch.transfer.ReadReport.Consistency;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * Copies a dump of another tool into a store, as a backup with a manifest. The copy is only completed if the whole dump
 * was read and is intact.
 */
final class ForeignCopy {

    private static final Logger log = LoggerFactory.getLogger(ForeignCopy.class);

    /** Replaces the unknown environment of a dump. */
    static final String ENVIRONMENT = "foreign";

    private static final String UNKNOWN = "unknown";

    /** A version that mongorestore can parse. */
    private static final String NO_VERSION = "0.0.0";

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+([-+].*)?");

    /** mongodump interleaves as many collections as it has jobs. */
    private static final int MOST_COLLECTIONS_AT_ONCE = 64;

    private final StoredArchive archive;

    private final BackupStore to;

    private final String historyCollection;

    private final Clock clock;

    ForeignCopy(StoredArchive archive, BackupStore to, String historyCollection, Clock clock) {
        this.archive = archive;
        this.to = to;
        this.historyCollection = historyCollection;
        this.clock = clock;
    }

    /** Copies one database. Returns the manifest of the backup. */
    Manifest run(@Nullable String database, TransferListener listener) {
        Manifest copy = copy(database, listener);
        log.info(
                "Copied the dump '{}' into {} as '{}': {} bytes",
                archive.title(),
                to.description(),
                copy.name(),
                copy.archive().length());
        return copy;
    }

    private Manifest copy(@Nullable String database, TransferListener listener) {
        Instant started = clock.instant();
        Compression compression = Compression.best();
        ArchiveSelection selection = new ArchiveSelection(database, CollectionSelection.ALL, Map.of(), false);
        try (ArchiveSource source = archive.source(selection)) {
            Catalogue catalogue = source.catalogue();
            String version = source.header().serverVersion();
            String name = BackupName.of(prefix(catalogue), started);
            try (BackupUpload upload = to.begin(name, compression.extension());
                    TransferMeter meter = new TransferMeter(catalogue, Map.of(), listener);
                    ArchiveSink sink = new ArchiveSink(
                            upload,
                            VERSION.matcher(version).matches() ? version : NO_VERSION,
                            compression,
                            Runtime.getRuntime().availableProcessors(),
                            Math.max(
                                    1,
                                    Math.min(
                                            MOST_COLLECTIONS_AT_ONCE,
                                            catalogue.collections().size())))) {
                HistoryTap history = new HistoryTap(meter.metering(sink), historyCollection);
                source.transferTo(history);
                ArchiveContents contents = sink.complete();
                return upload.complete(Manifest.builder(upload.name())
                        .taken(started, clock.instant())
                        .of(ENVIRONMENT, catalogue.database())
                        .server(new Manifest.Server(version.isEmpty() ? UNKNOWN : version, UNKNOWN, null))
                        .consistency(Consistency.NONE, AchievedConsistency.NONE)
                        .reasons(List.of("it is a copy of the dump '" + archive.title()
                                + "', which does not say when its collections were read"))
                        .warnings(catalogue.omissions().stream()
                                .map(Object::toString)
                                .toList())
                        .history(history.summary())
                        .archive(ManifestDraft.archive(contents, compression))
                        .collections(collections(catalogue, contents))
                        .build());
            }
        } catch (OperationRefusedException e) {
            throw UnsupportedArchive.named(e, archive.title());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's name up to its first dot, if that is a valid name for a backup. */
    private String prefix(Catalogue catalogue) {
        String path = archive.title().replace('\\', '/');
        String last = path.substring(path.lastIndexOf('/') + 1);
        String stem = last.contains(".") ? last.substring(0, last.indexOf('.')) : last;
        if (!stem.isEmpty() && BackupName.problem(stem).isEmpty()) {
            return stem;
        }
        return BackupName.problem(catalogue.database()).isEmpty() ? catalogue.database() : ENVIRONMENT;
    }

    private static List<BackedUpCollection> collections(Catalogue catalogue, ArchiveContents contents) {
        Map<String, ArchivedTotals> totals = contents.collections().stream()
                .collect(Collectors.toMap(ArchivedTotals::collection, Function.identity()));
        return catalogue.collections().stream()
                .map(description -> ManifestDraft.backedUp(description, totals.get(description.name()), null, null))
                .toList();
    }
}
