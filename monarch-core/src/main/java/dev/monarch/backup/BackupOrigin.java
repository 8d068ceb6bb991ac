package dev.monarch.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.staging.ReplacementOrigin;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.CollectionProgress.Expected;

/** The data of a restore: a backup, or an archive of another tool. */
final class BackupOrigin implements ReplacementOrigin {

    private final StoredArchive archive;

    private final @Nullable Manifest manifest;

    private final RestoreScope scope;

    private final Guard guard;

    private final Catalogue contents;

    /** Null if no server has to evaluate a query set. */
    private final @Nullable QueryScratch scratch;

    /**
     * @param scope what is restored
     * @param guard decides whether the target may be changed
     * @param queried creates the scratch database for a query set
     */
    BackupOrigin(RestoreScope scope, Guard guard, BiFunction<RestoreScope, Catalogue, QueryScratch> queried) {
        this.archive = scope.archive();
        this.manifest = archive.manifest();
        this.scope = scope;
        this.guard = guard;
        this.contents = contents();
        this.scratch = scope.change().chosen() == null ? null : queried.apply(scope, contents);
    }

    /** {@return the scratch database; empty if the selected collections can be restored without one} */
    private Optional<QueryScratch> scratch() {
        return Optional.ofNullable(scratch).filter(needed -> scope.change().needsServer(scope.incoming(contents)));
    }

    private Catalogue contents() {
        if (manifest != null) {
            return manifest.catalogue();
        }
        try (ArchiveSource source = archive.source(scope.request().archived())) {
            return source.catalogue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String title() {
        return archive.title();
    }

    @Override
    public String purpose() {
        return "restore " + archive.title();
    }

    @Override
    public List<Runnable> checks() {
        return List.of(
                () -> scope.requireApproval(guard),
                scope::requireDatabase,
                scope::requireWhole,
                this::requireReadable,
                () -> scratch().ifPresent(QueryScratch::requirePossible));
    }

    private void requireReadable() {
        scope.requireContents(archive.title(), contents);
        scope.requireSelected(contents);
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (manifest == null) {
            warnings.add("This archive has no manifest, so it is unknown whether it contains a whole database, and"
                    + " whether it is consistent.");
        } else if (manifest.reading().achieved() != ReadReport.AchievedConsistency.SNAPSHOT) {
            warnings.add("The backup is not a consistent snapshot.");
        }
        if (losesHistory()) {
            warnings.add("The backup has no migration history: all migrations will be pending.");
        }
        scratch().ifPresent(needed -> warnings.addAll(needed.warnings()));
        return warnings;
    }

    private boolean losesHistory() {
        return !scope.keepsHistory() && scope.removesOthers() && !contents.contains(scope.historyCollection());
    }

    @Override
    public Catalogue incoming() {
        return scope.change().defined(scope.incoming(contents));
    }

    @Override
    public long bytes() {
        return manifest == null || scratch().isPresent()
                ? -1
                : expected(scope.incoming(contents)).values().stream()
                        .mapToLong(Expected::bytes)
                        .sum();
    }

    @Override
    public long documents() {
        return manifest == null || scratch().isPresent()
                ? -1
                : expected(scope.incoming(contents)).values().stream()
                        .mapToLong(Expected::documents)
                        .sum();
    }

    /** A manifest has the number of documents, but not their content. */
    @Override
    public OptionalLong count(String collection, Bson filter) {
        return OptionalLong.empty();
    }

    @Override
    public Map<String, ShardKey> shardKeys() {
        if (manifest == null) {
            return Map.of();
        }
        Map<String, ShardKey> keys = new HashMap<>();
        manifest.shardKeys()
                .forEach((name, key) -> keys.put(scope.change().renames().apply(name), key));
        return keys;
    }

    @Override
    public Approval approval() {
        return scope.approval();
    }

    private Map<String, Expected> expected(Catalogue incoming) {
        Map<String, Expected> expected = new HashMap<>();
        if (manifest != null) {
            for (BackedUpCollection collection : manifest.collections()) {
                if (incoming.contains(collection.name())) {
                    expected.put(
                            scope.change().renames().apply(collection.name()),
                            new Expected(
                                    collection.totals().documents(),
                                    collection.totals().bytes()));
                }
            }
        }
        return expected;
    }

    @Override
    public OpenOrigin open() throws IOException {
        return scratch().isPresent() ? scratch().get().open() : whole();
    }

    private OpenOrigin whole() throws IOException {
        OpenArchive reading = OpenArchive.open(scope);
        Catalogue incoming = scope.incoming(reading.source().catalogue());
        return new OpenBackup(scope, reading, scope.change().defined(incoming), expected(incoming));
    }
}
