package dev.monarch.backup;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.engine.Checks;

/**
 * Stores backups, for example in a directory or a bucket.
 *
 * <p>A backup consists of its data, which is one archive, and its {@link Manifest}. The manifest is written last:
 * data without a manifest is not a backup, is never listed and never opened. If the store limits file sizes, the data
 * may be split into several volumes. Concatenated, the volumes are the archive. All offsets in this interface are
 * offsets in the archive.
 *
 * <p>An implementation must guarantee this: after a crash at any time, a backup is either listed completely or not at
 * all. Two concurrent backups with the same requested name get different names. Files of others in the same place are
 * never changed. {@code BackupStoreContractTests} in the module {@code monarch-backup-store-tests} tests these
 * guarantees; extend it for your store. {@link Manifest#toJson} and {@link Manifest#fromJson} write and read manifests. Implementations are safe for
 * use by several threads and processes. Every method may throw {@link dev.monarch.BackupStoreException}, whose
 * message says what the caller can do.
 */
public interface BackupStore {

    /**
     * Validates the name of a backup, which must be valid in file names on all systems. A store calls this before it
     * starts a backup or looks for one.
     *
     * @param name the name
     * @return why it is invalid, as a clause after "it"; empty if it is valid
     */
    static Optional<String> nameProblem(String name) {
        return BackupName.problem(name);
    }

    /**
     * Returns the name by which users select the store.
     *
     * @return a short word: {@code local}, {@code s3}
     */
    String name();

    /**
     * Returns a description for messages.
     *
     * @return its location, for people and without secrets: {@code the folder 'backups'}
     */
    String description();

    /**
     * Starts a new backup, and removes the files of abandoned uploads.
     *
     * @param name the requested name, which is valid in file names; if it exists or is reserved, the backup gets
     *     {@code name_2}, {@code name_3} and so on
     * @param extension the file extension of the data, with its dot: {@code .archive.zst}
     * @return receives the data
     */
    BackupUpload begin(String name, String extension);

    /**
     * Lists the complete backups. Other files are ignored. A backup that is damaged, or whose manifest cannot be read
     * now, is not listed either: it is logged, and {@link #others} names its files. It does not make the list fail.
     *
     * @return the backups, the newest first
     */
    List<BackupSummary> list();

    /**
     * Lists other files in the same place: damaged or unreadable backups, and files of others. Monarch never removes
     * them. Files of a current upload or deletion are not included. {@link BackupFiles} distinguishes them by name.
     *
     * @param backups the complete backups, from {@link #list}
     * @return the names of files or objects, sorted
     */
    List<String> others(List<BackupSummary> backups);

    /**
     * Finds a backup.
     *
     * @param name its exact name; an invalid name is treated as unknown
     * @return its manifest
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     * @throws dev.monarch.BackupStoreException if its manifest is damaged or has a later version; the message names
     *     the manifest
     */
    Manifest find(String name);

    /**
     * Opens the data of a backup.
     *
     * @param name its exact name
     * @return the stored, compressed archive; the caller closes it
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    InputStream open(String name);

    /**
     * Opens some ranges of the data of a backup. By default, the rest is read and skipped; stores that support range
     * reads should override this method.
     *
     * @param name its exact name
     * @param spans the ranges in ascending order, without overlaps, in bytes of the stored archive, independently of
     *     volumes
     * @return the concatenated ranges, shortened if the data ends earlier; the caller closes the stream
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    default InputStream open(String name, List<Span> spans) {
        return new SpannedStream(open(name), spans);
    }

    /**
     * Lists archives and other dumps in this place that are not backups: they have no manifest and are not being
     * written. {@link ForeignArchive#isNamedLikeADump} tells which files to list, {@link ForeignArchive#isFileOfADump}
     * which directories.
     *
     * @return the archives, sorted by name; empty if the store does not support it
     */
    default List<ForeignArchive> foreignArchives() {
        return List.of();
    }

    /**
     * Finds an archive or another dump in this place that is not a backup.
     *
     * @param name its name, including the extension
     * @return the object, or a directory with files of a dump; empty if there is none, or the store does not support it
     */
    default Optional<ForeignArchive> foreignArchive(String name) {
        return foreignArchives().stream()
                .filter(archive -> archive.name().equals(name))
                .findFirst();
    }

    /**
     * Lists the files of a dump that is a directory, or that was uploaded file by file.
     *
     * @param directory the name of a directory that {@link #foreignArchive} finds
     * @return its files at any depth, in an order that is always the same; their names begin with that of the
     *     directory: {@code dump/shop/dogs.bson}. Empty if there is no such directory, or the store does not support it.
     *     The caller closes the stream, and may read only a part of it
     */
    default Stream<ForeignArchive> foreignFiles(String directory) {
        return Stream.empty();
    }

    /**
     * Opens a range of an object that {@link #foreignArchive} finds, or {@link #foreignFiles} lists.
     *
     * @param name its name, including the extension
     * @param span the range, in bytes
     * @return the range, shortened if the object ends earlier; the caller closes the stream
     * @throws dev.monarch.UnknownBackupException if there is no such object, or the store does not support it
     */
    default InputStream openForeign(String name, Span span) {
        throw new UnknownBackupException(name, description(), List.of());
    }

    /**
     * Deletes a backup: first the manifest, then the data, so that an incomplete backup is never listed.
     *
     * @param name its exact name
     * @throws dev.monarch.UnknownBackupException if there is no complete backup of that name
     */
    void delete(String name);

    /**
     * An archive without a manifest in a store, for example a mongodump archive.
     *
     * @param name its name, including the extension
     * @param store the name of the store
     * @param bytes its stored size in bytes; 0 for a directory
     * @param modified the time of its last change
     * @param directory whether it is a directory, whose files {@link BackupStore#foreignFiles} lists
     */
    public record ForeignArchive(String name, String store, long bytes, Instant modified, boolean directory) {

        private static final Pattern NAMED_LIKE_A_DUMP = Pattern.compile(
                ".+\\.(archive(\\.\\w+)*|zip|tar|tgz|tzst|tar\\.(gz|zst)|((dump|dmp|mongodump|bson)(\\.(gz|zst))?))"
                        + "|.*(dump|mongo).*\\.(gz|zst)",
                Pattern.CASE_INSENSITIVE);

        private static final Pattern FILE_OF_A_DUMP =
                Pattern.compile(".+\\.(bson|metadata\\.json)(\\.\\w+)?", Pattern.CASE_INSENSITIVE);

        /**
         * Tells whether the name of a file is that of an archive, a zip file or a tar file. To list only these saves
         * reading all files of others. A dump with any other name can be restored, too.
         *
         * @param name the name
         * @return true if it is
         */
        public static boolean isNamedLikeADump(String name) {
            return NAMED_LIKE_A_DUMP.matcher(name).matches();
        }

        /**
         * Tells whether the name of a file is that of a file in a directory of mongodump. A directory with such files, at
         * any depth, is a dump.
         *
         * @param name the name or path
         * @return true if it contains documents, or the options and indexes of a collection
         */
        public static boolean isFileOfADump(String name) {
            return FILE_OF_A_DUMP.matcher(name).matches();
        }

        /**
         * Creates an archive in one file.
         *
         * @param name its name, including the extension
         * @param store the name of the store
         * @param bytes its stored size in bytes
         * @param modified the time of its last change
         * @throws IllegalArgumentException if {@code name} or {@code store} is blank, or {@code bytes} is negative
         */
        public ForeignArchive(String name, String store, long bytes, Instant modified) {
            this(name, store, bytes, modified, false);
        }

        /**
         * Creates an archive.
         *
         * @throws IllegalArgumentException if {@code name} or {@code store} is blank, or {@code bytes} is negative
         */
        public ForeignArchive {
            Checks.notBlank("name", name);
            Checks.notBlank("store", store);
            Checks.atLeast("bytes", bytes, 0);
        }
    }
}
