package dev.monarch.backup;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.MonarchException;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.engine.dump.Dump;
import dev.monarch.engine.transfer.ReadOptions;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.engine.transfer.Transfers;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation.Kind;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * Takes, lists, verifies and deletes backups.
 *
 * <p>No method changes a database. A failed backup leaves nothing in its store. Thread-safe.
 */
public final class BackupService {

    private static final Logger log = LoggerFactory.getLogger(BackupService.class);

    private final Transfers transfers;

    private final BackupStores stores;

    private final QuerySets querySets;

    private final String historyCollection;

    private final Clock clock;

    /**
     * Creates a service whose default is {@link Pace#FULL}. Environments and stores are opened on first use.
     *
     * @param environments the environments that can be backed up
     * @param stores the stores for backups
     * @param querySets the query sets that requests can name
     * @param historyCollection the migration history collection, which manifests summarize
     * @param clock provides the time in the names of backups
     */
    public BackupService(
            EnvironmentRegistry environments,
            BackupStores stores,
            QuerySets querySets,
            String historyCollection,
            Clock clock) {
        this(environments, stores, querySets, historyCollection, clock, Pace.FULL);
    }

    /**
     * Creates a service with a default pace. Environments and stores are opened on first use.
     *
     * @param environments the environments that can be backed up
     * @param stores the stores for backups
     * @param querySets the query sets that requests can name
     * @param historyCollection the migration history collection, which manifests summarize
     * @param clock provides the time in the names of backups
     * @param defaultPace the pace of requests without one
     */
    public BackupService(
            EnvironmentRegistry environments,
            BackupStores stores,
            QuerySets querySets,
            String historyCollection,
            Clock clock,
            Pace defaultPace) {
        this.transfers = new Transfers(environments, defaultPace);
        this.stores = stores;
        this.querySets = querySets;
        this.historyCollection = historyCollection;
        this.clock = clock;
    }

    /**
     * Takes a backup.
     *
     * @param request the environment and the options
     * @return the result
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.InvalidRequestException if the name is invalid, the compression is not available, a pattern
     *     does not match any collection, there is no such query set, or its parameters are invalid
     * @throws dev.monarch.OperationRefusedException if the user lacks privileges to read the database, or if it is
     *     empty or does not exist
     * @throws dev.monarch.SwapInterruptedException if a swap in the database is running or was interrupted
     * @throws dev.monarch.TransferFailedException if the data could not be read, or not with the requested consistency
     * @throws dev.monarch.OperationInterruptedException if the thread was interrupted
     * @throws BackupStoreException if the store fails
     */
    public BackupReport backup(BackupRequest request) {
        MonarchEnvironment environment = transfers.environment(request.environment());
        BackupStore store = stores.get(request.store());
        BackupRequest settled = request.paced(request.pace().or(transfers.defaultPace()));
        TransferPace pace = transfers.pace(settled.pace());
        return transfers
                .observed(Kind.BACKUP, environment.name(), null, request.listener())
                .run(pace, listener -> {
                    BackupRequest reporting = settled.reportingTo(listener);
                    QuerySetChoice chosen = choice(reporting, environment);
                    ReadOptions reading = BackupRun.reading(reporting, chosen, pace, historyCollection);
                    return new BackupRun(environment, store, reporting, chosen, reading, clock).run();
                });
    }

    private @Nullable QuerySetChoice choice(BackupRequest request, MonarchEnvironment environment) {
        QuerySetRequest requested = request.querySet();
        return requested == null
                ? null
                : querySets.run(requested, environment, request.pace().member());
    }

    /**
     * Lists the complete backups in a store.
     *
     * @param store the name of the store; null for the default one
     * @return the backups, the newest first
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     */
    public List<BackupSummary> list(@Nullable String store) {
        return stores.get(store).list();
    }

    /**
     * Lists the complete backups in the default store.
     *
     * @return the backups, the newest first
     */
    public List<BackupSummary> list() {
        return list(null);
    }

    /**
     * Lists archives in a store that have no manifest and therefore are not backups.
     *
     * @param store the name of the store; null for the default one
     * @return the archives; empty if the store does not support it
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     */
    public List<ForeignArchive> foreignArchives(@Nullable String store) {
        return stores.get(store).foreignArchives();
    }

    /**
     * Finds a backup.
     *
     * @param name its exact name
     * @param store the name of the store; null for the default one
     * @return its manifest
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     */
    public Manifest find(String name, @Nullable String store) {
        return stores.get(store).find(name);
    }

    /**
     * Finds a backup in the default store.
     *
     * @param name its exact name
     * @return its manifest
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    public Manifest find(String name) {
        return find(name, null);
    }

    /**
     * Verifies a backup by reading it completely. Checks its structure and the checksum of each collection. If there
     * is a manifest, also checks the counts, the checksums of the frames and the SHA-256 of the archive.
     *
     * @param backup the backup, or a mongodump archive
     * @param pace how fast; what it leaves open is decided by this service
     * @param listener receives the progress
     * @return all problems that were found
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     */
    public VerificationReport verify(BackupSource backup, Pace pace, TransferListener listener) {
        StoredArchive archive = StoredArchive.of(backup, stores);
        TransferPace settled = transfers.pace(pace);
        return transfers
                .observed(Kind.VERIFICATION, null, archive.title(), listener)
                .run(settled, observer -> new VerificationRun(archive, settled, observer).run());
    }

    /**
     * Verifies a backup at the default pace.
     *
     * @param backup the backup, or a mongodump archive
     * @param listener receives the progress
     * @return all problems that were found
     * @see #verify(BackupSource, Pace, TransferListener)
     */
    public VerificationReport verify(BackupSource backup, TransferListener listener) {
        return verify(backup, Pace.DEFAULT, listener);
    }

    /**
     * Verifies a backup in the default store.
     *
     * @param name its exact name
     * @return all problems that were found
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     */
    public VerificationReport verify(String name) {
        return verify(BackupSource.stored(name), TransferListener.NONE);
    }

    /**
     * Copies a backup into another store and verifies its data against its manifest.
     *
     * @param name its exact name
     * @param from the name of its store; null for the default one
     * @param to the name of the other store
     * @return the manifest of the copy, which has the same name, or {@code name_2} if that name exists
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws BackupStoreException if the backup is damaged, a store fails, or both stores are the same; no copy
     *     remains
     */
    public Manifest copy(String name, @Nullable String from, String to) {
        BackupStore source = stores.get(from);
        BackupStore target = stores.get(to);
        BackupCopy.requireOther(name, source, target, stores);
        return transfers
                .observed(Kind.BACKUP_COPY, null, name, TransferListener.NONE)
                .run(listener -> new BackupCopy(name, source, target).run());
    }

    /**
     * Copies a backup into another store, or makes a backup of an archive or another dump.
     *
     * @param source a backup in a store, or a dump in a store or in the file system
     * @param database the database of the dump; null for the only one, and for a backup
     * @param to the name of the store
     * @return the manifest of the copy; for a dump, its environment is {@code foreign}
     * @throws dev.monarch.UnknownBackupException if there is no such backup or dump
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.DamagedArchiveException if the dump is damaged; no copy remains
     * @throws dev.monarch.OperationRefusedException if the dump has several databases, or cannot be read here
     * @throws BackupStoreException if the backup is damaged, a store fails, or both stores are the same; no copy remains
     */
    public Manifest copy(BackupSource source, @Nullable String database, String to) {
        BackupStore target = stores.get(to);
        StoredArchive archive = StoredArchive.of(source, stores);
        if (source instanceof BackupSource.Stored stored && (archive.manifest() != null || archive.problem() != null)) {
            return copy(stored.name(), stored.store(), to);
        }
        return transfers
                .observed(Kind.BACKUP_COPY, null, archive.title(), TransferListener.NONE)
                .run(listener -> new ForeignCopy(archive, target, historyCollection, clock).run(database, listener));
    }

    /**
     * Lists what an archive or another dump contains, without its documents.
     *
     * @param source the dump
     * @return the databases and collections
     * @throws dev.monarch.UnknownBackupException if there is no such dump
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.DamagedArchiveException if the dump is damaged
     * @throws dev.monarch.OperationRefusedException if the dump cannot be read here
     */
    public BackupSource.Contents contents(BackupSource source) {
        return StoredArchive.of(source, stores).contents();
    }

    /**
     * Lists what an archive or another dump contains, if that is possible without reading all of it.
     *
     * @param source the dump
     * @return the databases and collections; empty for a tar file, and for a dump that is damaged or cannot be read here
     */
    public Optional<BackupSource.Contents> quickContents(BackupSource source) {
        try {
            StoredArchive archive = StoredArchive.of(source, stores);
            Dump dump = archive.dump();
            return dump != null && dump.isSequential() ? Optional.empty() : Optional.of(archive.contents());
        } catch (MonarchException e) {
            log.debug("The contents of {} cannot be listed", source, e);
            return Optional.empty();
        }
    }

    /**
     * Deletes a backup.
     *
     * <p>This needs no {@link dev.monarch.environment.Approval}: it changes no environment, and the caller names the
     * exact backup.
     *
     * @param name its exact name
     * @param store the name of the store; null for the default one
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     */
    public void delete(String name, @Nullable String store) {
        BackupStore from = stores.get(store);
        from.delete(name);
        log.info("Deleted the backup '{}' from {}", name, from.description());
    }

    /**
     * Deletes a backup from the default store.
     *
     * @param name its exact name
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    public void delete(String name) {
        delete(name, null);
    }
}
