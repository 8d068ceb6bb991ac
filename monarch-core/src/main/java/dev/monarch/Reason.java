package dev.monarch;

/**
 * Why something failed, was refused, or deserves a note. Fields of the exceptions hold the details.
 *
 * <p>Monarch's core states the facts. The advice depends on the caller: a command needs an option, an application a
 * property, a caller of a bean another argument. Choose the advice by the reason.
 */
public enum Reason {

    /** An archive is truncated or changed, or the file is not an archive. */
    DAMAGED_ARCHIVE,

    /** The history could not be written. */
    HISTORY_NOT_WRITTEN,

    /** The connection of an environment is missing or not valid. */
    INVALID_ENVIRONMENT,

    /** A migration is not valid, or cannot run on this server or against this history. */
    INVALID_MIGRATION,

    /** The history has a migration that the application no longer has. */
    MIGRATION_GONE,

    /** The history has a migration that is newer than all of the application's. */
    MIGRATION_NEWER,

    /** The database has the history of another tool, and Monarch's own is empty. */
    OTHER_HISTORY,

    /** A migration is pending, and one that comes after it is applied. */
    MIGRATION_OUT_OF_ORDER,

    /** A migration must run after a backfill, which is not done. */
    BACKFILL_UNFINISHED,

    /** The request is not valid, or the current state does not allow it. */
    INVALID_REQUEST,

    /** Another run holds the lock. */
    LOCK_HELD,

    /** The lock is free, and an operation of a client that disconnected is still running on the server. */
    DISCONNECTED_CLIENT_AT_WORK,

    /** The lock was lost during the operation. */
    LOCK_LOST,

    /** A migration has used all its attempts without success. */
    MIGRATION_EXHAUSTED,

    /** A migration threw an exception. */
    MIGRATION_FAILED,

    /** A migration was started and has not ended; manual intervention is required. */
    MIGRATION_UNRESOLVED,

    /** A hook threw an exception before a run or a migration. */
    MIGRATION_VETOED,

    /** Migrations are pending, and the application only validates. */
    MIGRATIONS_PENDING,

    /** Migrations are pending, and the run that holds the lock has not applied them in time. */
    MIGRATIONS_PENDING_ELSEWHERE,

    /** A rollback threw an exception. */
    ROLLBACK_FAILED,

    /** The caller interrupted the operation. */
    INTERRUPTED,

    /** A restore of several databases failed after the first one was started. */
    RESTORE_INCOMPLETE,

    /** A swap has begun and has not ended. */
    SWAP_INTERRUPTED,

    /** A restore in place has begun and has not ended; the database is incomplete. */
    RESTORE_IN_PLACE_UNFINISHED,

    /** Data could not be read or written. */
    TRANSFER_FAILED,

    /** Migrations ran in the source while it was read. */
    SOURCE_MIGRATED_MEANWHILE,

    /** There is no complete backup of that name. */
    UNKNOWN_BACKUP,

    /** There is no backup store of that name. */
    UNKNOWN_BACKUP_STORE,

    /** There is no environment of that name. */
    UNKNOWN_ENVIRONMENT,

    /** There is no migration of that id. */
    UNKNOWN_MIGRATION,

    /** No backup store is configured. */
    NO_BACKUP_STORE,

    /** The folder for backups is missing and cannot be created, or is not a folder. */
    BACKUP_FOLDER_UNUSABLE,

    /** A file of a backup cannot be read or written. */
    BACKUP_FILE_INACCESSIBLE,

    /** The disk for backups is full. */
    BACKUP_DISK_FULL,

    /** Every name that a new backup could get is taken. */
    BACKUP_NAMES_TAKEN,

    /** Another process is writing or deleting the backup. */
    BACKUP_BUSY,

    /** The data of a backup does not match its manifest. */
    BACKUP_DAMAGED,

    /** The manifest of a backup is damaged. */
    MANIFEST_DAMAGED,

    /** The manifest of a backup was written by a version of Monarch that this one does not know. */
    MANIFEST_VERSION_UNKNOWN,

    /** A backup could not be copied into another store. */
    BACKUP_NOT_COPIED,

    /** A backup would be copied into the store that it is in. */
    SAME_BACKUP_STORE,

    /** A store failed for another reason; {@link BackupStoreException#nextStep()} says what to do. */
    BACKUP_STORE_FAILED,

    /** Dropping such a database is disabled. */
    DROP_DISABLED,

    /** The operation was not confirmed. */
    NOT_CONFIRMED,

    /** The operation must be confirmed with the name of the environment. */
    NAME_NOT_CONFIRMED,

    /** The operation was confirmed with the name of another environment. */
    OTHER_NAME_CONFIRMED,

    /** A query set tried to write to its source. */
    QUERY_SET_WRITES,

    /** The scratch environment is protected. */
    SCRATCH_PROTECTED,

    /** The scratch database is not empty. */
    SCRATCH_NOT_EMPTY,

    /** The scratch database is on the cluster of the source. */
    SCRATCH_ON_SOURCE_CLUSTER,

    /** The data would replace a whole database, but it is only a part of one. */
    PARTIAL_DATA,

    /** A backup contains a different database than the requested one. */
    OTHER_DATABASE_IN_BACKUP,

    /** The archive has no database of that name. */
    DATABASE_NOT_IN_ARCHIVE,

    /** The archive contains several databases, and none was selected. */
    SEVERAL_DATABASES_IN_ARCHIVE,

    /** No environment is configured for the database to restore. */
    DATABASE_WITHOUT_ENVIRONMENT,

    /** The source has no collections. */
    EMPTY_SOURCE,

    /** The backup has no collections. */
    EMPTY_BACKUP,

    /** Source and target are the same database. */
    SAME_DATABASE,

    /** Most documents of the target would be lost. */
    NEARLY_EMPTIES_TARGET,

    /** The server does not allow the name of a collection. */
    COLLECTION_NAME_NOT_ALLOWED,

    /** The server would refuse to create a view. */
    VIEW_NOT_POSSIBLE,

    /** The target has a time series collection, which MongoDB cannot replace atomically. */
    TIME_SERIES_IN_TARGET,

    /** A sharded collection of the target would be replaced by one that is not sharded. */
    SHARDED_COLLECTION_IN_TARGET,

    /** The disk of the server has not enough space. */
    DISK_SPACE,

    /** The limit of open files of the server is too low. */
    OPEN_FILES,

    /** The user lacks a privilege. */
    MISSING_PRIVILEGE,

    /** The user lacks the privilege for the buckets of a time series. */
    MISSING_PRIVILEGE_FOR_TIME_SERIES,

    /** The user lacks the privilege to set when documents of a collection expire. */
    MISSING_PRIVILEGE_TO_EXPIRE,

    /** Current servers refuse the definition of an index. */
    LEGACY_INDEX,

    /** The target was changed while the data was loaded. */
    TARGET_CHANGED,

    /** Monarch does not support the format. */
    FOREIGN_FORMAT,

    /** Monarch does not support the compression of the file. */
    FOREIGN_COMPRESSION,

    /** A zip file, a tar file or a directory does not contain a dump. */
    NO_DUMP,

    /** A dump contains more files than the limit permits. */
    DUMP_FILES,

    /** A dump expands to a larger multiple of its size than the limit permits. */
    DUMP_RATIO,

    /** The library that reads zip and tar files is missing. */
    COMMONS_COMPRESS_MISSING,

    /** The library that reads zstd is missing. */
    ZSTD_MISSING,

    /** There is not enough memory to decompress the file. */
    ZSTD_WINDOW,

    /** The archive has the buckets of a time series, but not its description. */
    TIME_SERIES_WITHOUT_DESCRIPTION,

    /** The archive has the measurements of a time series, but not its buckets. */
    TIME_SERIES_WITHOUT_BUCKETS,

    /** The dump has the documents of a time series in two files. */
    TIME_SERIES_IN_TWO_FILES,

    /** The server deletes documents that have expired. */
    DOCUMENTS_EXPIRE,

    /** The journal has an entry of another database. */
    FOREIGN_JOURNAL_ENTRY,

    /** A bean that makes a version of documents is not valid. */
    INVALID_DOCUMENT_VERSION,

    /** A template would read and write documents of old versions. */
    TEMPLATE_WITHOUT_VERSIONS,

    /** The documents of a collection no longer have what this build needs. */
    VERSION_CONTRACTED,

    /** The backfill that gives documents their version has not ended. */
    VERSION_BACKFILL_UNFINISHED,

    /** An instance of an older build was seen recently. */
    OLD_INSTANCE,

    /** A collection has documents of an older version, although the backfill is done. */
    OLD_DOCUMENTS,

    /** Two versions of documents have the same field with different meanings. */
    VERSION_FIELD_CONFLICT,

    /** A note that needs no action. */
    NOTE
}
