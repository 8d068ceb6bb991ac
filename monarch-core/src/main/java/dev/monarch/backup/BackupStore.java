package dev.monarch.backup;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.Span;

/**
 * A place where backups are kept: a folder, a bucket.
 *
 * <p>A backup is its data, which is one archive, and its {@link Manifest}, which is written last: what has no manifest is no
 * backup, is never listed and never opened. The data may be kept as several volumes, where there is a limit to the size of
 * one; put one behind the other they are the archive, and every offset here is one in the archive.
 *
 * <p>Whoever writes a store of their own keeps these promises: whatever dies, and whenever, either a complete backup is
 * listed or none; two that want the same name at the same time get two names; what others have put in the same place is
 * never touched. {@code BackupStoreContractTests} of the module {@code monarch-backup-store-tests} says all of it as tests to
 * be extended. Manifests are written and read by {@link ManifestJson}. Safe for use by several threads and processes.
 * Every method may throw {@link dev.monarch.BackupStoreException}, whose message says what the caller can do.
 */
public interface BackupStore {

    /**
     * Returns what the store is called where one is chosen.
     *
     * @return a short word: {@code local}, {@code s3}
     */
    String name();

    /**
     * Returns what the store is called in sentences.
     *
     * @return where it is, in words and without secrets: {@code the folder 'backups'}
     */
    String description();

    /**
     * Begins a new backup, and removes what uploads that died have left.
     *
     * @param name the name that is wanted, which may be part of a file's name; if it is taken, or is being taken, the backup
     *     is called {@code name_2}, {@code name_3} and so on
     * @param extension how the name of the data ends, with its dot: {@code .archive.zst}
     * @return takes the data
     */
    BackupUpload begin(String name, String extension);

    /**
     * Lists the complete backups; whatever else is in the same place is left out, and damaged ones are logged.
     *
     * @return them, the newest first
     */
    List<BackupSummary> list();

    /**
     * Names what else lies in the same place: damaged backups and what others have put there. Nobody removes it. What an upload
     * or a deletion is busy with is left out. {@link BackupFiles} tells them apart by their names.
     *
     * @param backups the complete backups, as they are listed
     * @return the names of files or objects, sorted
     */
    List<String> others(List<BackupSummary> backups);

    /**
     * Finds a backup.
     *
     * @param name its exact name, whatever it is: one that cannot be a name is unknown
     * @return what is known of it
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     * @throws dev.monarch.BackupStoreException if its manifest is damaged or of a later version; the message names it
     */
    Manifest find(String name);

    /**
     * Opens the data of a backup, from the beginning to the end of what is stored.
     *
     * @param name its exact name
     * @return the archive as it is stored, compressed, to be closed by the caller
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    InputStream open(String name);

    /**
     * Opens some stretches of the data of a backup. A store that can reads these alone; any other skips what is between them.
     *
     * @param name its exact name
     * @param spans the stretches in their order, none overlapping another, in bytes of the stored archive; volumes do not
     *     matter
     * @return one stretch behind the other, less of them if the data ends before; to be closed by the caller
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    default InputStream open(String name, List<Span> spans) {
        return new SpannedStream(open(name), spans);
    }

    /**
     * Lists what looks like an archive and is no backup of this store: it has no manifest, nor is anybody writing it.
     *
     * @return such archives by name; none in a store that does not look for them
     */
    default List<ForeignArchive> foreignArchives() {
        return List.of();
    }

    /**
     * Deletes a backup: first its manifest, so that it is never listed with half of its data, then the data.
     *
     * @param name its exact name
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    void delete(String name);

    /**
     * An archive in a store that is no backup of it, for it has no manifest: what mongodump wrote, say, or a copy.
     *
     * @param name what it is called there, extension included
     * @param store the name of the store
     * @param bytes how many bytes it has, as it is stored
     * @param modified when it was written
     */
    public record ForeignArchive(String name, String store, long bytes, Instant modified) {}
}
