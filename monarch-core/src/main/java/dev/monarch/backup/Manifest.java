package dev.monarch.backup;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.backup.BackupSummary.BackupSeries;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.ReadReport;

/**
 * All that is known of a backup besides its documents; how it looks in a store is shown at {@link ManifestJson}.
 *
 * @param name its name in the store
 * @param monarchVersion the version of Monarch that took it
 * @param environment the environment it is of
 * @param database the database it is of
 * @param source what tells this database from others of its name; null if the manifest does not tell
 * @param started when it was begun
 * @param ended when all data was there
 * @param server the server it was taken from
 * @param reading how consistent it is
 * @param selection what of the database it holds
 * @param part the part that a query set took, or null if none was asked
 * @param history the migration history at that time, or null if there was none
 * @param compression how it is compressed: {@code zstd}, {@code gzip}, {@code none}
 * @param archive the archive
 * @param collections each collection and view
 */
public record Manifest(
        String name,
        String monarchVersion,
        String environment,
        String database,
        @Nullable DatabaseIdentity source,
        Instant started,
        Instant ended,
        Server server,
        Reading reading,
        CollectionSelection selection,
        @Nullable Part part,
        @Nullable History history,
        String compression,
        Archive archive,
        List<BackedUpCollection> collections) {

    /**
     * The server a backup was taken from.
     *
     * @param version its version
     * @param topology {@code standalone}, {@code replica set NAME} or {@code sharded cluster}
     * @param featureCompatibility its feature compatibility version, or null where one may not ask
     */
    public record Server(
            String version, String topology, @Nullable String featureCompatibility) {}

    /**
     * How consistent a backup is.
     *
     * @param asked what was asked for
     * @param had what was had
     * @param clusterTime the time all collections were to be read at, or null where the server knows none
     * @param reasons why not everything was read at that time, as sentences
     * @param warnings what else happened to the database meanwhile, as sentences
     */
    public record Reading(
            Consistency asked,
            ReadReport.Had had,
            @Nullable BsonTimestamp clusterTime,
            List<String> reasons,
            List<String> warnings) {

        /**
         * Creates a reading.
         *
         * @param asked what was asked for
         * @param had what was had
         * @param clusterTime the time all collections were to be read at
         * @param reasons why not everything was, which are copied
         * @param warnings what else happened, which are copied
         */
        public Reading {
            reasons = List.copyOf(reasons);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The part of a database that a query set took.
     *
     * @param querySet the name of the query set
     * @param parameters what it was run with, defaults included, as it would be typed; secrets are left out
     * @param masked what is masked; never by which key
     */
    public record Part(String querySet, Map<String, String> parameters, List<MaskedField> masked) {

        /**
         * Creates a part.
         *
         * @param querySet the name of the query set
         * @param parameters what it was run with, which is copied
         * @param masked what is masked, which is copied
         */
        public Part {
            parameters = Map.copyOf(parameters);
            masked = List.copyOf(masked);
        }
    }

    /**
     * The migration history that a backup holds.
     *
     * @param collection its collection
     * @param entries how many migrations are in it
     * @param lastApplied the last migration that was applied, or null if none was
     */
    public record History(
            String collection, long entries, @Nullable String lastApplied) {}

    /**
     * The archive as it is stored.
     *
     * @param length how many bytes it has
     * @param sha256 the SHA-256 of these, as 64 hexadecimal digits
     * @param beginning the frame that says what is to come
     * @param volumes the parts it is kept in, in their order; together they have its length
     */
    public record Archive(long length, String sha256, ArchiveFrame beginning, List<Volume> volumes) {

        /**
         * Creates an archive.
         *
         * @param length how many bytes it has
         * @param sha256 the SHA-256 of these
         * @param beginning the frame that says what is to come
         * @param volumes the parts it is kept in, which are copied
         * @throws IllegalArgumentException if there is no volume, or they are not as long as the whole
         */
        public Archive {
            volumes = List.copyOf(volumes);
            if (volumes.isEmpty()) {
                throw new IllegalArgumentException("there must be a volume");
            }
            long sum = volumes.stream().mapToLong(Volume::length).sum();
            if (sum != length) {
                throw new IllegalArgumentException(
                        "the volumes have " + sum + " bytes together, and not " + length + " as the archive");
            }
        }
    }

    /**
     * One part of an archive.
     *
     * @param extension what follows the backup's name in the name of the file or object: {@code .archive.zst}
     * @param length how many bytes it has
     * @param sha256 the SHA-256 of these, as 64 hexadecimal digits
     */
    public record Volume(String extension, long length, String sha256) {

        private static final Pattern EXTENSION = Pattern.compile("(\\.[A-Za-z0-9]+)+");

        /**
         * Creates a volume.
         *
         * @param extension what follows the backup's name
         * @param length how many bytes it has
         * @param sha256 the SHA-256 of these
         * @throws IllegalArgumentException if the extension has anything but dots, letters and digits, or the length is negative
         */
        public Volume {
            if (!isExtension(extension)) {
                throw new IllegalArgumentException("'" + extension + "' cannot be the end of a file's name");
            }
            if (length < 0) {
                throw new IllegalArgumentException("length must not be negative, but is " + length);
            }
        }

        static boolean isExtension(String text) {
            return EXTENSION.matcher(text).matches();
        }
    }

    /**
     * Creates a manifest.
     *
     * @param name its name in the store
     * @param monarchVersion the version of Monarch that took it
     * @param environment the environment it is of
     * @param database the database it is of
     * @param source what tells this database from others of its name
     * @param started when it was begun
     * @param ended when all data was there
     * @param server the server it was taken from
     * @param reading how consistent it is
     * @param selection what of the database it holds
     * @param part the part that a query set took
     * @param history the migration history at that time
     * @param compression how it is compressed
     * @param archive the archive
     * @param collections each collection and view, which are copied
     */
    public Manifest {
        collections = List.copyOf(collections);
    }

    /**
     * Returns the same manifest for data that is kept in other volumes.
     *
     * @param volumes the volumes
     * @return the manifest
     * @throws IllegalArgumentException if they are not as long as the archive
     */
    public Manifest withVolumes(List<Volume> volumes) {
        return with(name, new Archive(archive.length(), archive.sha256(), archive.beginning(), volumes));
    }

    /**
     * Returns the same manifest under another name: what a person renames is called as it is called now.
     *
     * @param other the name
     * @return the manifest
     */
    public Manifest withName(String other) {
        return name.equals(other) ? this : with(other, archive);
    }

    private Manifest with(String newName, Archive newArchive) {
        return new Manifest(
                newName,
                monarchVersion,
                environment,
                database,
                source,
                started,
                ended,
                server,
                reading,
                selection,
                part,
                history,
                compression,
                newArchive,
                collections);
    }

    /**
     * Finds a collection.
     *
     * @param collection its name
     * @return what is known of it, or nothing
     */
    public Optional<BackedUpCollection> collection(String collection) {
        return collections.stream()
                .filter(each -> each.name().equals(collection))
                .findFirst();
    }

    /**
     * Returns what it holds, without the documents.
     *
     * @return the collections of the database it is of
     */
    public Catalogue catalogue() {
        return new Catalogue(
                database,
                collections.stream().map(BackedUpCollection::description).toList());
    }

    /**
     * Returns how its collections were sharded.
     *
     * @return the shard keys by the names of the collections, as far as they are known
     */
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

    /**
     * Returns how many documents it holds.
     *
     * @return their number
     */
    public long documents() {
        return collections.stream().mapToLong(each -> each.totals().documents()).sum();
    }

    /**
     * Returns how many bytes its documents have.
     *
     * @return their number, uncompressed
     */
    public long bytes() {
        return collections.stream().mapToLong(each -> each.totals().bytes()).sum();
    }

    /**
     * Tells whether something was left out, or masked, when it was taken.
     *
     * @return true if it does not hold the whole database as it was
     */
    public boolean isPartial() {
        return !selection.isWhole() || part != null;
    }

    /**
     * Returns what a list says of it.
     *
     * @param store the name of the store
     * @return the summary
     */
    public BackupSummary summary(String store) {
        return new BackupSummary(
                name,
                store,
                environment,
                database,
                started,
                collections.size(),
                documents(),
                bytes(),
                archive.length(),
                compression,
                reading.had(),
                isPartial(),
                BackupSeries.of(this),
                source);
    }
}
