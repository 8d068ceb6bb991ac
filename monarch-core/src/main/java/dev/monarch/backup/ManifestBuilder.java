package dev.monarch.backup;

import java.time.Instant;
import java.util.List;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupSummary.DatabaseIdentity;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.MonarchVersion;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/**
 * Builds a {@link Manifest}. Each method except {@link #build()} sets fields and returns the builder. Fields that are
 * not set have the value for unknown.
 *
 * <p>For use by one thread.
 */
public final class ManifestBuilder {

    // ManifestFormat also sets these fields, from JSON.

    String name;

    String monarchVersion = MonarchVersion.get();

    String environment = "";

    String database = "";

    @Nullable
    DatabaseIdentity identity;

    Instant started = Instant.EPOCH;

    Instant ended = Instant.EPOCH;

    String serverVersion = "";

    String topology = "";

    @Nullable
    String featureCompatibility;

    Consistency requested = Consistency.BEST;

    ReadReport.AchievedConsistency achieved = ReadReport.AchievedConsistency.NONE;

    @Nullable
    BsonTimestamp clusterTime;

    List<String> reasons = List.of();

    List<String> warnings = List.of();

    List<String> only = List.of();

    List<String> exclude = List.of();

    Manifest.@Nullable Part part;

    Manifest.@Nullable History history;

    @Nullable
    BackupArchive archive;

    List<BackedUpCollection> collections = List.of();

    ManifestBuilder(String name) {
        this.name = name;
    }

    /**
     * Sets the version of Monarch that took the backup. Default: the current version.
     *
     * @param version the version
     * @return this builder
     */
    public ManifestBuilder monarchVersion(String version) {
        this.monarchVersion = version;
        return this;
    }

    /**
     * Sets when the backup was taken.
     *
     * @param start the time of its start
     * @param end the time at which all data was stored
     * @return this builder
     */
    public ManifestBuilder taken(Instant start, Instant end) {
        this.started = start;
        this.ended = end;
        return this;
    }

    /**
     * Sets the database of the backup.
     *
     * @param environmentName the name of its environment
     * @param databaseName its name
     * @return this builder
     */
    public ManifestBuilder of(String environmentName, String databaseName) {
        this.environment = environmentName;
        this.database = databaseName;
        return this;
    }

    /**
     * Sets the identity of the database, which distinguishes it from others with the same name.
     *
     * @param databaseIdentity its identity, or null if unknown
     * @return this builder
     */
    public ManifestBuilder identity(@Nullable DatabaseIdentity databaseIdentity) {
        this.identity = databaseIdentity;
        return this;
    }

    /**
     * Sets the server of the backup.
     *
     * @param server the server
     * @return this builder
     */
    public ManifestBuilder server(Manifest.Server server) {
        this.serverVersion = server.version();
        this.topology = server.topology();
        this.featureCompatibility = server.featureCompatibility();
        return this;
    }

    /**
     * Sets the consistency of the backup.
     *
     * @param request the requested consistency
     * @param result the achieved consistency
     * @return this builder
     */
    public ManifestBuilder consistency(Consistency request, ReadReport.AchievedConsistency result) {
        this.requested = request;
        this.achieved = result;
        return this;
    }

    /**
     * Sets the common point in time of the collections.
     *
     * @param time the time, or null if the server has none
     * @return this builder
     */
    public ManifestBuilder clusterTime(@Nullable BsonTimestamp time) {
        this.clusterTime = time;
        return this;
    }

    /**
     * Sets the reasons for collections that were not read at the common point in time.
     *
     * @param sentences the reasons
     * @return this builder
     */
    public ManifestBuilder reasons(List<String> sentences) {
        this.reasons = sentences;
        return this;
    }

    /**
     * Sets other changes of the database during the read.
     *
     * @param sentences the warnings
     * @return this builder
     */
    public ManifestBuilder warnings(List<String> sentences) {
        this.warnings = sentences;
        return this;
    }

    /**
     * Sets the requested collections. Default: all.
     *
     * @param selection the selection
     * @return this builder
     */
    public ManifestBuilder selection(CollectionSelection selection) {
        this.only = selection.only();
        this.exclude = selection.exclude();
        return this;
    }

    /**
     * Sets the selection of a query set.
     *
     * @param selected the selection, or null if there is no query set
     * @return this builder
     */
    public ManifestBuilder part(Manifest.@Nullable Part selected) {
        this.part = selected;
        return this;
    }

    /**
     * Sets the migration history in the backup.
     *
     * @param summary the history, or null if there is none
     * @return this builder
     */
    public ManifestBuilder history(Manifest.@Nullable History summary) {
        this.history = summary;
        return this;
    }

    /**
     * Sets the archive. It is required.
     *
     * @param stored the archive
     * @return this builder
     */
    public ManifestBuilder archive(BackupArchive stored) {
        this.archive = stored;
        return this;
    }

    /**
     * Sets the collections and views in the backup.
     *
     * @param contents the collections
     * @return this builder
     */
    public ManifestBuilder collections(List<BackedUpCollection> contents) {
        this.collections = contents;
        return this;
    }

    /**
     * Builds the manifest.
     *
     * @return the manifest
     * @throws IllegalStateException if there is no archive
     */
    public Manifest build() {
        if (archive == null) {
            throw new IllegalStateException("A manifest must have an archive");
        }
        return new Manifest(
                name,
                new Manifest.Origin(monarchVersion, started, ended),
                new Manifest.Source(
                        environment,
                        database,
                        identity,
                        new Manifest.Server(serverVersion, topology, featureCompatibility)),
                new Manifest.Reading(requested, achieved, clusterTime, reasons, warnings),
                new Manifest.Scope(new CollectionSelection(only, exclude), part),
                history,
                archive,
                collections);
    }
}
