package dev.monarch.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.archive.Compression;
import dev.monarch.backup.BackupSummary.DatabaseIdentity;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.archive.ArchiveContents;
import dev.monarch.engine.archive.ArchivedCollection;
import dev.monarch.engine.transfer.DatabaseSource;
import dev.monarch.engine.transfer.ShardKeys;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.ReadReport;

/**
 * The parts of a manifest that are known before the backup reads data.
 *
 * @param chosen the selection of a query set, or null if there is none
 * @param identity the database
 * @param shardKeys the shard keys of its collections
 * @param started the time of the backup's start
 */
record ManifestDraft(
        MonarchEnvironment environment,
        BackupRequest request,
        @Nullable QuerySetChoice chosen,
        Manifest.Server server,
        DatabaseIdentity identity,
        ShardKeys shardKeys,
        Instant started) {

    /** Completes the manifest after everything is read and written. */
    Manifest manifest(
            String name,
            DatabaseSource source,
            ArchiveContents contents,
            Manifest.@Nullable History history,
            Instant ended) {
        ReadReport report = source.report();
        return Manifest.builder(name)
                .taken(started, ended)
                .of(environment.name(), environment.address().database())
                .identity(identity)
                .server(server)
                .consistency(request.consistency(), report.consistency())
                .clusterTime(report.clusterTime())
                .reasons(report.reasons())
                .warnings(warnings(report, source))
                .selection(request.selection())
                .part(part())
                .history(history)
                .archive(archive(contents, request.compression()))
                .collections(collections(source, contents, report))
                .build();
    }

    private Manifest.@Nullable Part part() {
        return chosen == null ? null : new Manifest.Part(chosen.querySet(), chosen.parameters(), chosen.masked());
    }

    private List<String> warnings(ReadReport report, DatabaseSource source) {
        List<String> warnings = new ArrayList<>(report.warnings());
        warnings.addAll(shardKeys.warnings());
        source.catalogue().collections().stream()
                .filter(collection -> !ArchivedCollection.isExact(collection))
                .map(collection ->
                        "The options or indexes of '" + collection.name() + "' contain a document that Extended JSON"
                                + " cannot express: Monarch restores them, mongorestore does not.")
                .forEach(warnings::add);
        return warnings;
    }

    static BackupArchive archive(ArchiveContents contents, Compression compression) {
        BackupArchive.Volume volume =
                new BackupArchive.Volume(compression.extension(), contents.length(), contents.sha256());
        return new BackupArchive(
                compression.name().toLowerCase(Locale.ROOT),
                contents.length(),
                contents.sha256(),
                contents.beginning(),
                List.of(volume));
    }

    private List<BackedUpCollection> collections(DatabaseSource source, ArchiveContents contents, ReadReport report) {
        Map<String, ArchivedTotals> totals = contents.collections().stream()
                .collect(Collectors.toMap(ArchivedTotals::collection, Function.identity()));
        Map<String, ReadReport.CollectionRead> reads = report.collections().stream()
                .collect(Collectors.toMap(ReadReport.CollectionRead::collection, Function.identity()));
        return source.catalogue().collections().stream()
                .map(description -> backedUp(
                        description,
                        totals.get(description.name()),
                        reads.get(description.name()),
                        shardKeys.byCollection().get(description.name())))
                .toList();
    }

    static BackedUpCollection backedUp(
            CollectionDescription description,
            @Nullable ArchivedTotals totals,
            ReadReport.@Nullable CollectionRead read,
            @Nullable ShardKey shardKey) {
        return new BackedUpCollection(
                description,
                totals != null ? totals : new ArchivedTotals(description.name(), 0, 0, 0, List.of()),
                read == null ? null : read.clusterTime(),
                read == null ? null : read.reason(),
                shardKey);
    }
}
