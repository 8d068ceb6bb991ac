package dev.monarch.backup;

import java.time.Instant;
import java.util.List;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupSummary.DatabaseIdentity;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.MonarchVersion;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.ReadReport;

/**
 * Builds a {@link Manifest}. Each method but {@link #build()} sets fields and returns the builder; fields that are not set
 * have the value of a backup of which nothing is known.
 *
 * <p>For use by one thread.
 */
public final class ManifestBuilder {

    // Also set by ManifestFormat, which reads each from JSON.

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

    Consistency asked = Consistency.BEST;

    ReadReport.AchievedConsistency had = ReadReport.AchievedConsistency.NONE;

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
     * Sets the version of Monarch that took the backup; without it, that of this Monarch.
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
     * @param start when it was begun
     * @param end when all data was there
     * @return this builder
     */
    public ManifestBuilder taken(Instant start, Instant end) {
        this.started = start;
        this.ended = end;
        return this;
    }

    /**
     * Sets the database the backup is of.
     *
     * @param itsEnvironment the name of its environment
     * @param itsName its name
     * @return this builder
     */
    public ManifestBuilder of(String itsEnvironment, String itsName) {
        this.environment = itsEnvironment;
        this.database = itsName;
        return this;
    }

    /**
     * Sets what tells the database from others of its name.
     *
     * @param itsIdentity its identity, or null if it is not known
     * @return this builder
     */
    public ManifestBuilder identity(@Nullable DatabaseIdentity itsIdentity) {
        this.identity = itsIdentity;
        return this;
    }

    /**
     * Sets the server the backup was taken from.
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
     * Sets how consistent the backup is.
     *
     * @param wish what was asked for
     * @param achieved what was achieved
     * @return this builder
     */
    public ManifestBuilder consistency(Consistency wish, ReadReport.AchievedConsistency achieved) {
        this.asked = wish;
        this.had = achieved;
        return this;
    }

    /**
     * Sets the time at which all collections were to be read.
     *
     * @param time the time, or null where the server knows none
     * @return this builder
     */
    public ManifestBuilder clusterTime(@Nullable BsonTimestamp time) {
        this.clusterTime = time;
        return this;
    }

    /**
     * Sets why not everything was read at one time.
     *
     * @param sentences the reasons
     * @return this builder
     */
    public ManifestBuilder reasons(List<String> sentences) {
        this.reasons = sentences;
        return this;
    }

    /**
     * Sets what else happened to the database meanwhile.
     *
     * @param sentences the warnings
     * @return this builder
     */
    public ManifestBuilder warnings(List<String> sentences) {
        this.warnings = sentences;
        return this;
    }

    /**
     * Sets which collections were asked for; without it, all.
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
     * Sets the part that a query set took.
     *
     * @param taken the part, or null if no query set was asked for
     * @return this builder
     */
    public ManifestBuilder part(Manifest.@Nullable Part taken) {
        this.part = taken;
        return this;
    }

    /**
     * Sets the migration history that the backup holds.
     *
     * @param held the history, or null if it holds none
     * @return this builder
     */
    public ManifestBuilder history(Manifest.@Nullable History held) {
        this.history = held;
        return this;
    }

    /**
     * Sets the archive, without which there is no manifest.
     *
     * @param stored the archive
     * @return this builder
     */
    public ManifestBuilder archive(BackupArchive stored) {
        this.archive = stored;
        return this;
    }

    /**
     * Sets the collections and views that the backup holds.
     *
     * @param held the collections
     * @return this builder
     */
    public ManifestBuilder collections(List<BackedUpCollection> held) {
        this.collections = held;
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
                new Manifest.Reading(asked, had, clusterTime, reasons, warnings),
                new Manifest.Scope(new CollectionSelection(only, exclude), part),
                history,
                archive,
                collections);
    }
}
