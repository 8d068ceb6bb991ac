package dev.monarch.backup;

import java.time.Clock;
import java.util.List;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferListener;

/**
 * Takes, lists, verifies and deletes backups.
 *
 * <p>Nothing here changes a database. A backup that fails leaves nothing in its store. Safe for use by several threads.
 */
public final class BackupService {

    private static final Logger log = LoggerFactory.getLogger(BackupService.class);

    private final EnvironmentRegistry environments;

    private final BackupStores stores;

    private final QuerySets querySets;

    private final String historyCollection;

    private final Clock clock;

    /**
     * Creates a service; nothing is opened before it is needed.
     *
     * @param environments what can be backed up
     * @param stores where backups are kept
     * @param querySets the query sets that can be asked for
     * @param historyCollection the collection of the migration history, of which manifests tell
     * @param clock gives the time that backups are named after
     */
    public BackupService(
            EnvironmentRegistry environments,
            BackupStores stores,
            QuerySets querySets,
            String historyCollection,
            Clock clock) {
        this.environments = environments;
        this.stores = stores;
        this.querySets = querySets;
        this.historyCollection = historyCollection;
        this.clock = clock;
    }

    /**
     * Takes a backup.
     *
     * @param request what and how
     * @return what was taken
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws dev.monarch.InvalidRequestException if the name cannot be one, the compression is not available, a pattern
     *     selects nothing, or there is no such query set or its parameters are wrong
     * @throws dev.monarch.OperationRefusedException if the user of the environment may not read all of it, or its database
     *     is empty or does not exist
     * @throws dev.monarch.SwapInterruptedException if a restore into it is being swapped in, or was interrupted while it was
     * @throws dev.monarch.TransferFailedException if not everything could be read, or not as consistently as was asked for
     * @throws dev.monarch.OperationInterruptedException if the thread was interrupted
     * @throws BackupStoreException if the store could not take it
     */
    public BackupReport backup(BackupRequest request) {
        MonarchEnvironment environment = environments.get(request.environment());
        BackupStore store = stores.get(request.store());
        BackupReport report = new BackupRun(
                        environment, store, request, choice(request, environment), historyCollection, clock)
                .run();
        tell(report, store);
        return report;
    }

    private @Nullable QuerySetChoice choice(BackupRequest request, MonarchEnvironment environment) {
        QuerySetRequest asked = request.querySet();
        return asked == null ? null : querySets.run(asked, environment, ReadPreference.primary());
    }

    private static void tell(BackupReport report, BackupStore store) {
        Manifest manifest = report.manifest();
        Manifest.Reading reading = manifest.reading();
        log.info(
                "Backed up '{}' as '{}' into {}: {} documents, {} bytes, stored as {} bytes, in {} s, consistency {}",
                manifest.source().environment(),
                manifest.name(),
                store.description(),
                manifest.documents(),
                manifest.bytes(),
                manifest.archive().length(),
                report.elapsed().toMillis() / 1000.0,
                reading.had());
        if (reading.had() != ReadReport.AchievedConsistency.SNAPSHOT) {
            log.warn(
                    "The backup '{}' does not hold everything at one time: {}",
                    manifest.name(),
                    reading.reasons().isEmpty() ? "nothing was read at a time" : String.join("; ", reading.reasons()));
        }
        reading.warnings()
                .forEach(warning -> log.warn(
                        "While '{}' was backed up: {}", manifest.source().environment(), warning));
    }

    /**
     * Lists the complete backups.
     *
     * @param store the name of the store, or null for the default one
     * @return them, the newest first
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     */
    public List<BackupSummary> list(@Nullable String store) {
        return stores.get(store).list();
    }

    /**
     * Lists the complete backups in the default store.
     *
     * @return them, the newest first
     */
    public List<BackupSummary> list() {
        return list(null);
    }

    /**
     * Lists what looks like an archive in a store and is no backup, for it has no manifest.
     *
     * @param store the name of the store, or null for the default one
     * @return such archives; none in a store that does not look for them
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     */
    public List<ForeignArchive> foreignArchives(@Nullable String store) {
        return stores.get(store).foreignArchives();
    }

    /**
     * Finds a backup.
     *
     * @param name its exact name
     * @param store the name of the store, or null for the default one
     * @return what is known of it
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
     * @return what is known of it
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    public Manifest find(String name) {
        return find(name, null);
    }

    /**
     * Reads a backup whole: its structure, the checksum of each collection, and, where there is a manifest, the counts, the
     * checksums of its frames and the SHA-256 of all.
     *
     * @param backup the backup, or an archive of mongodump
     * @param listener is told how far it has come
     * @return everything that is wrong with it
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     */
    public VerificationReport verify(BackupSource backup, TransferListener listener) {
        VerificationReport report = new VerificationRun(StoredArchive.of(backup, stores), listener).run();
        if (report.ok()) {
            log.info("Verified '{}': {} documents, {} bytes", report.backup(), report.documents(), report.bytes());
        } else {
            log.error("'{}' is damaged: {}", report.backup(), report.findings());
        }
        return report;
    }

    /**
     * Verifies a backup in the default store.
     *
     * @param name its exact name
     * @return everything that is wrong with it
     * @throws dev.monarch.UnknownBackupException if there is no such backup
     */
    public VerificationReport verify(String name) {
        return verify(BackupSource.stored(name), TransferListener.NONE);
    }

    /**
     * Copies a backup into another store, and verifies on the way that its data are what its manifest says.
     *
     * @param name its exact name
     * @param from the name of the store it is in, or null for the default one
     * @param to the name of the other store
     * @return what is known of the copy, which is called the same, or {@code name_2} where that name is taken
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     * @throws dev.monarch.UnknownBackupStoreException if there is no such store
     * @throws BackupStoreException if it is damaged, or one of the stores fails, or both are the same; there is no copy then
     */
    public Manifest copy(String name, @Nullable String from, String to) {
        BackupStore source = stores.get(from);
        BackupStore target = stores.get(to);
        if (source.name().equals(target.name())) {
            throw new BackupStoreException(
                    target.description(),
                    Reason.SAME_BACKUP_STORE,
                    "the backup '" + name + "' is to be copied to where it is; the stores are: "
                            + String.join(", ", stores.names()),
                    null);
        }
        Manifest copy = new BackupCopy(name, source, target).run();
        log.info(
                "Copied the backup '{}' from {} into {} as '{}': {} bytes",
                name,
                source.description(),
                target.description(),
                copy.name(),
                copy.archive().length());
        return copy;
    }

    /**
     * Deletes a backup.
     *
     * <p>This needs no {@link dev.monarch.environment.Approval}: it changes no environment, and the exact name of the backup
     * says what is meant.
     *
     * @param name its exact name
     * @param store the name of the store, or null for the default one
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
