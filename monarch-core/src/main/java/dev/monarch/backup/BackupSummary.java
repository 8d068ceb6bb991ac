package dev.monarch.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.ReadReport;

/**
 * Summarizes a backup in a list.
 *
 * @param name its name in the store
 * @param store the name of the store
 * @param environment the name of its environment
 * @param database the name of its database
 * @param created when the backup started
 * @param collections the number of collections and views
 * @param documents the number of documents
 * @param bytes their size in bytes, uncompressed
 * @param storedBytes the stored size of the archive in bytes
 * @param compression its compression: {@code zstd}, {@code gzip}, {@code none}
 * @param consistency its consistency
 * @param partial whether it contains only a part of the database
 * @param series the series to which it belongs, for retention
 * @param source the identity of its database; null if the manifest does not have it
 */
public record BackupSummary(
        String name,
        String store,
        String environment,
        String database,
        Instant created,
        int collections,
        long documents,
        long bytes,
        long storedBytes,
        String compression,
        ReadReport.AchievedConsistency consistency,
        boolean partial,
        BackupSeries series,
        @Nullable DatabaseIdentity source) {

    /**
     * Creates a summary.
     *
     * @throws IllegalArgumentException if a name is blank, or a number is negative
     */
    public BackupSummary {
        Checks.notBlank("name", name);
        Checks.notBlank("store", store);
        Checks.notBlank("environment", environment);
        Checks.notBlank("database", database);
        Checks.atLeast("collections", collections, 0);
        Checks.atLeast("documents", documents, 0);
        Checks.atLeast("bytes", bytes, 0);
        Checks.atLeast("storedBytes", storedBytes, 0);
    }

    /**
     * Identifies a series of successive backups. Retention may only remove a backup in favor of a newer one of the same
     * series: backups of the collection {@code accounts} do not replace backups of {@code orders}.
     *
     * @param database the database
     * @param name the part of the backups' names before the time, such as the name of a schedule; the whole name if a
     *     renamed backup has no time in its name
     * @param part a description of the selected part of the database; empty for all of it
     */
    public record BackupSeries(String database, String name, String part) {

        static BackupSeries of(Manifest manifest) {
            return new BackupSeries(
                    manifest.source().database(), BackupName.withoutTime(manifest.name()), part(manifest));
        }

        private static String part(Manifest manifest) {
            List<String> words = new ArrayList<>();
            Manifest.Part part = manifest.scope().part();
            if (part != null) {
                words.add("query set " + part.querySet());
                new TreeMap<>(part.parameters()).forEach((name, value) -> words.add(name + "=" + value));
            }
            List<String> only = manifest.scope().selection().only();
            if (!only.isEmpty()) {
                words.add("only " + only.stream().sorted().toList());
            }
            List<String> exclude = manifest.scope().selection().exclude();
            if (!exclude.isEmpty()) {
                words.add("without " + exclude.stream().sorted().toList());
            }
            return String.join(", ", words);
        }
    }

    /**
     * Identifies a database among others with the same name or the same environment name.
     *
     * <p>The server gives every collection a UUID. The UUID of the collection {@code monarch.lock} identifies the
     * database, because no restore or copy replaces that collection. Before the lock is first acquired, the hosts are
     * compared instead.
     *
     * @param lock the UUID of the collection {@code monarch.lock}; null if there is none yet, or the server has no UUIDs
     * @param hosts the hosts of the deployment, as the environment is configured
     * @param database the name of the database
     */
    public record DatabaseIdentity(@Nullable UUID lock, List<String> hosts, String database) {

        /**
         * Creates an identity.
         *
         * @throws IllegalArgumentException if {@code database} is blank, or {@code hosts} is empty
         */
        public DatabaseIdentity {
            Checks.notEmpty("hosts", hosts);
            Checks.notBlank("database", database);
            hosts = List.copyOf(hosts);
        }

        /**
         * Reads the identity of an environment's database. One round trip.
         *
         * @param environment the environment
         * @return the identity
         * @throws dev.monarch.TransferFailedException if the server does not answer
         */
        public static DatabaseIdentity of(MonarchEnvironment environment) {
            EnvironmentAddress address = environment.address();
            return OperationFailure.translated("read the identity of the database of", environment.name(), () -> {
                UUID lock = new CatalogueReader(environment.ownDatabase()).uuidNow(OwnCollections.LOCK);
                return new DatabaseIdentity(lock, address.hosts(), address.database());
            });
        }

        /**
         * Tells whether both identify the same database.
         *
         * @param other the other identity
         * @return true if the UUIDs are equal; if one is unknown, true if hosts and name are equal
         */
        public boolean isSameAs(DatabaseIdentity other) {
            return lock != null && other.lock != null
                    ? lock.equals(other.lock)
                    : address().isSamePlaceAs(other.address());
        }

        private EnvironmentAddress address() {
            return new EnvironmentAddress(hosts, database);
        }
    }
}
