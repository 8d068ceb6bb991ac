package dev.monarch.backup;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.backup.BackupSummary.BackupSeries;
import dev.monarch.backup.BackupSummary.DatabaseIdentity;
import dev.monarch.engine.Checks;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/**
 * The description of a backup, without its documents. A store keeps it as JSON.
 *
 * @param name the backup's name in the store
 * @param origin when and by which version it was taken
 * @param source the database
 * @param reading the consistency of the read
 * @param scope the selected part of the database
 * @param history the migration history in the backup, or null if there is none
 * @param archive the archive
 * @param collections the collections and views
 */
public record Manifest(
        String name,
        Origin origin,
        Source source,
        Reading reading,
        Scope scope,
        @Nullable History history,
        BackupArchive archive,
        List<BackedUpCollection> collections) {

    /**
     * When and by which version a backup was taken.
     *
     * @param monarchVersion the version of Monarch that took it
     * @param started when it started
     * @param ended when all data was stored
     */
    public record Origin(String monarchVersion, Instant started, Instant ended) {}

    /**
     * The database of a backup.
     *
     * @param environment the name of its environment
     * @param database its name
     * @param identity distinguishes it from other databases with the same name; null if unknown
     * @param server the server it was read from
     */
    public record Source(
            String environment, String database, @Nullable DatabaseIdentity identity, Server server) {

        /**
         * Creates a source.
         *
         * @throws IllegalArgumentException if {@code environment} or {@code database} is blank
         */
        public Source {
            Checks.notBlank("environment", environment);
            Checks.notBlank("database", database);
        }
    }

    /**
     * The server of a backup.
     *
     * @param version its version
     * @param topology {@code standalone}, {@code replica set NAME} or {@code sharded cluster}
     * @param featureCompatibility its feature compatibility version, or null if the user may not query it
     */
    public record Server(
            String version, String topology, @Nullable String featureCompatibility) {}

    /**
     * The consistency of a backup.
     *
     * @param requested the requested consistency
     * @param achieved the achieved consistency
     * @param clusterTime the common point in time of the collections, or null if the server has none
     * @param reasons why some collections were not read at that time, as sentences
     * @param warnings other changes of the database during the read, as sentences
     */
    public record Reading(
            Consistency requested,
            ReadReport.AchievedConsistency achieved,
            @Nullable BsonTimestamp clusterTime,
            List<String> reasons,
            List<String> warnings) {

        public Reading {
            reasons = List.copyOf(reasons);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The selected part of the database.
     *
     * @param selection the requested collections
     * @param part the selection of a query set, or null if there is none
     */
    public record Scope(
            CollectionSelection selection, @Nullable Part part) {

        /** {@return whether the backup contains the whole database, unmasked} */
        public boolean isWhole() {
            return selection.isWhole() && part == null;
        }
    }

    /**
     * The selection of a query set.
     *
     * @param querySet the name of the query set
     * @param parameters its parameters as typed, including defaults; without secrets
     * @param masked the masked fields, without keys
     */
    public record Part(String querySet, Map<String, String> parameters, List<MaskedField> masked) {

        public Part {
            parameters = Map.copyOf(parameters);
            masked = List.copyOf(masked);
        }
    }

    /**
     * The migration history in a backup.
     *
     * @param collection its collection
     * @param entries the number of its migrations
     * @param lastApplied the migration applied last, or null if none was
     */
    public record History(
            String collection, long entries, @Nullable String lastApplied) {

        /**
         * Creates a history.
         *
         * @throws IllegalArgumentException if {@code collection} is blank, or {@code entries} is negative
         */
        public History {
            Checks.notBlank("collection", collection);
            Checks.atLeast("entries", entries, 0);
        }
    }

    public Manifest {
        collections = List.copyOf(collections);
    }

    /**
     * Starts a manifest.
     *
     * @param name the backup's name in the store
     * @return a builder without any other field
     */
    public static ManifestBuilder builder(String name) {
        return new ManifestBuilder(name);
    }

    /**
     * Reads a manifest from JSON. Unknown fields are ignored.
     *
     * @param json the text in UTF-8
     * @param store the store's description, for the message of an exception
     * @param file the name of the manifest's file in the store, for the same message
     * @return the manifest
     * @throws dev.monarch.BackupStoreException if the text is damaged, is not a manifest, or has an unknown version of
     *     the format
     */
    public static Manifest fromJson(byte[] json, String store, String file) {
        return ManifestJson.read(json, store, file);
    }

    /**
     * Writes this manifest as JSON. The page {@code docs/format.md} of the repository describes each field.
     *
     * @return the text in UTF-8
     */
    public byte[] toJson() {
        return ManifestJson.write(this);
    }

    /**
     * Returns the same manifest with other volumes of its archive.
     *
     * @param volumes the volumes
     * @return the manifest
     * @throws IllegalArgumentException if the volumes do not have the archive's length
     */
    public Manifest withVolumes(List<BackupArchive.Volume> volumes) {
        return new Manifest(name, origin, source, reading, scope, history, archive.in(volumes), collections);
    }

    /**
     * Returns the same manifest under another name. A store uses it if a backup was renamed.
     *
     * @param other the name
     * @return the manifest
     */
    public Manifest withName(String other) {
        return new Manifest(other, origin, source, reading, scope, history, archive, collections);
    }

    /**
     * Finds a collection.
     *
     * @param collection its name
     * @return the collection, or nothing
     */
    public Optional<BackedUpCollection> collection(String collection) {
        return collections.stream()
                .filter(each -> each.name().equals(collection))
                .findFirst();
    }

    /** {@return the collections and views in the backup, without their documents} */
    Catalogue catalogue() {
        return new Catalogue(
                source.database(),
                collections.stream().map(BackedUpCollection::description).toList());
    }

    /** {@return the known shard keys of sharded collections, by the names of the collections} */
    public Map<String, ShardKey> shardKeys() {
        Map<String, ShardKey> keys = new HashMap<>();
        for (BackedUpCollection collection : collections) {
            ShardKey key = collection.shardKey();
            if (key != null) {
                keys.put(collection.name(), key);
            }
        }
        return keys;
    }

    /** {@return the number of documents in all collections} */
    public long documents() {
        return collections.stream().mapToLong(each -> each.totals().documents()).sum();
    }

    /** {@return the size of all documents in bytes, uncompressed} */
    public long bytes() {
        return collections.stream().mapToLong(each -> each.totals().bytes()).sum();
    }

    /** {@return whether the backup omits or masks a part of the database} */
    public boolean isPartial() {
        return !scope.isWhole();
    }

    /** {@return whether the backup is a copy of a dump, which may not contain a whole database} */
    boolean isForeign() {
        return source.environment().equals(ForeignCopy.ENVIRONMENT)
                && reading.requested() == Consistency.NONE
                && source.identity() == null;
    }

    /**
     * Returns the summary for a list of backups.
     *
     * @param store the name of the store
     * @return the summary
     */
    public BackupSummary summary(String store) {
        return new BackupSummary(
                name,
                store,
                source.environment(),
                source.database(),
                origin.started(),
                collections.size(),
                documents(),
                bytes(),
                archive.length(),
                archive.compression(),
                reading.achieved(),
                isPartial(),
                BackupSeries.of(this),
                source.identity());
    }

    /**
     * A collection in the manifest of a backup.
     *
     * @param description its definition
     * @param totals its size and its frames in the archive
     * @param clusterTime the cluster time at which it was read; null without a snapshot, and for views
     * @param reason why it was not read at the cluster time of the other collections, as a clause; null if it was
     * @param shardKey its shard key; null if it was not sharded, or if the key could not be read
     */
    public record BackedUpCollection(
            CollectionDescription description,
            ArchivedTotals totals,
            @Nullable BsonTimestamp clusterTime,
            @Nullable String reason,
            @Nullable ShardKey shardKey) {

        /** {@return the name of the collection} */
        public String name() {
            return description.name();
        }
    }
}
