package dev.monarch.spring.boot.advice;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import org.jspecify.annotations.Nullable;

import dev.monarch.BackupStoreException;
import dev.monarch.InvalidEnvironmentException;
import dev.monarch.MigrationExhaustedException;
import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationUnresolvedException;
import dev.monarch.MonarchException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.Reason;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.RollbackFailedException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.UnknownMigrationException;
import dev.monarch.engine.Scrubbed;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.environment.Privileges;

import static dev.monarch.spring.boot.advice.ExitCode.DONE;
import static dev.monarch.spring.boot.advice.ExitCode.FAILED;
import static dev.monarch.spring.boot.advice.ExitCode.INTERRUPTED;
import static dev.monarch.spring.boot.advice.ExitCode.LOCKED;
import static dev.monarch.spring.boot.advice.ExitCode.PENDING;
import static dev.monarch.spring.boot.advice.ExitCode.REFUSED;
import static dev.monarch.spring.boot.advice.ExitCode.WRONG_USE;

/**
 * The one table of advice: for each reason the exit code and the next step, with the option or the property that helps. The
 * sentence before it is the core's. For an exception of the driver, the sentence is here, too.
 */
final class AdviceTable {

    /** The server starts after the application: the property that lets the application wait. */
    static final String WAIT_FOR_SERVER =
            "If the server starts later than the application, set monarch.migrations.connect-retries.";

    private static final int AUTHENTICATION_FAILED = 18;

    private static final Map<Reason, Row> ROWS = new EnumMap<>(Reason.class);

    static {
        migrations();
        versions();
        locks();
        names();
        transfers();
        stores();
        approvals();
        sources();
        targets();
        archives();
    }

    private AdviceTable() {}

    private static void versions() {
        row(Reason.INVALID_DOCUMENT_VERSION, FAILED, "Correct the bean, and start again.");
        row(
                Reason.VERSION_CONTRACTED,
                FAILED,
                "Deploy a build with that version. An older one can no longer use the documents.");
        row(
                Reason.VERSION_BACKFILL_UNFINISHED,
                REFUSED,
                "Wait until it is done: 'monarch versions' shows its progress.");
        row(
                Reason.OLD_INSTANCE,
                REFUSED,
                "Stop the instance. If it was killed, wait until monarch.versions.old-instance-timeout has passed.");
        row(
                Reason.OLD_DOCUMENTS,
                REFUSED,
                "Check that no instance of the old build is left. If so, upgrade the documents with"
                        + " --accept-old-documents.");
        row(
                Reason.TEMPLATE_WITHOUT_VERSIONS,
                FAILED,
                "Define the database factory of the template as a bean, and pass the bean to the template.");
        row(
                Reason.VERSION_FIELD_CONFLICT,
                FAILED,
                "Give the field of the newer version another name, and let upgrade and downgrade fill both.");
    }

    private static void migrations() {
        row(Reason.INVALID_MIGRATION, FAILED, "Correct the migration. Nothing has run.");
        row(
                Reason.MIGRATION_GONE,
                FAILED,
                "Restore the migration, or accept its absence with monarch.migrations.unknown=warn.");
        row(Reason.MIGRATION_NEWER, DONE, "");
        row(
                Reason.MIGRATION_OUT_OF_ORDER,
                FAILED,
                "Give the migration a newer id, or allow it with monarch.migrations.out-of-order=run.");
        row(
                Reason.OTHER_HISTORY,
                REFUSED,
                environment -> "Record what the other tool has applied with 'monarch import-history " + environment
                        + "' (--dry-run shows it). If its history does not count, set"
                        + " monarch.migrations.other-history=ignore.");
        row(
                Reason.BACKFILL_UNFINISHED,
                REFUSED,
                environment -> "Wait until the backfill is done. Instances of a version without this migration run it."
                        + " 'monarch backfills " + environment
                        + " -v' shows its progress and the documents that it has set"
                        + " aside. If it failed, correct these, and let it try them again with 'monarch retry-failed'.");
        row(
                Reason.MIGRATION_FAILED,
                FAILED,
                MigrationFailedException.class,
                failed -> "Correct the migration or the data, and start again: the next run begins with this migration."
                        + " 'monarch status " + failed.environment() + "' shows it, 'monarch migrate-one " + failed.id()
                        + " " + failed.environment() + "' runs only this one. Or record the result with "
                        + resolve(failed.id(), failed.environment()));
        row(
                Reason.MIGRATION_UNRESOLVED,
                FAILED,
                MigrationUnresolvedException.class,
                unresolved -> "Check the data, then record the result with "
                        + resolve(unresolved.id(), unresolved.environment()));
        row(
                Reason.MIGRATION_EXHAUSTED,
                FAILED,
                MigrationExhaustedException.class,
                exhausted -> "Correct the cause, then start with monarch.migrations.max-attempts above "
                        + exhausted.attempts() + ".");
        row(
                Reason.ROLLBACK_FAILED,
                FAILED,
                RollbackFailedException.class,
                failed -> "Correct the migration and roll it back again, or record the result with "
                        + resolve(failed.id(), failed.environment()));
        row(Reason.MIGRATION_VETOED, FAILED, "Do what the hook asks for, and start again.");
        row(
                Reason.MIGRATIONS_PENDING,
                PENDING,
                PendingMigrationsException.class,
                pending -> "Run them with 'monarch migrate " + pending.environment()
                        + "', or start the application with monarch.migrations.run-at=startup.");
        row(
                Reason.MIGRATIONS_PENDING_ELSEWHERE,
                PENDING,
                "Check the instance that held the lock and start again, or wait longer with monarch.lock.wait.");
        row(
                Reason.HISTORY_NOT_WRITTEN,
                FAILED,
                "Correct the cause, and start again: the next run continues from the state in the history.");
    }

    private static String resolve(String id, String environment) {
        String command = "'monarch resolve " + id + " " + environment + " --as ";
        return command + "applied', or " + command + "pending' to run it again.";
    }

    private static void locks() {
        row(
                Reason.LOCK_HELD,
                LOCKED,
                "If that process is still running, let it finish, or wait longer with monarch.lock.wait. If it is gone, start"
                        + " again: its lease expires.");
        row(
                Reason.DISCONNECTED_CLIENT_AT_WORK,
                LOCKED,
                "Wait until it has ended, or end it with db.currentOp() and db.killOp(), and start again.");
        row(
                Reason.LOCK_LOST,
                FAILED,
                "Start again: the next run, or the one that holds the lock now, continues from the state in the history.");
    }

    private static void names() {
        row(
                Reason.INVALID_ENVIRONMENT,
                FAILED,
                InvalidEnvironmentException.class,
                invalid -> "Correct " + invalid.property() + ".");
        row(Reason.INVALID_REQUEST, WRONG_USE, "Correct the request.");
        row(
                Reason.UNKNOWN_ENVIRONMENT,
                WRONG_USE,
                UnknownEnvironmentException.class,
                unknown -> question(NearestNames.question(unknown.name(), unknown.known()))
                        + "Use one of these, or configure monarch.environments." + unknown.name() + ".");
        row(
                Reason.UNKNOWN_BACKUP_STORE,
                WRONG_USE,
                UnknownBackupStoreException.class,
                unknown -> question(NearestNames.question(unknown.name(), unknown.known()))
                        + "Use one of these; monarch.backups.store sets the default.");
        row(
                Reason.UNKNOWN_BACKUP,
                WRONG_USE,
                UnknownBackupException.class,
                unknown -> unknown.suggestions().isEmpty()
                        ? "Run 'monarch list-backups' to see all backups."
                        : "Did you mean '" + String.join("' or '", unknown.suggestions()) + "'?");
        row(
                Reason.UNKNOWN_MIGRATION,
                WRONG_USE,
                UnknownMigrationException.class,
                unknown -> unknown.nearest().isEmpty()
                        ? "Run 'monarch status " + unknown.environment() + "' to see all migrations."
                        : "Did you mean " + String.join(" or ", unknown.nearest()) + "?");
    }

    private static String question(String question) {
        return question.isEmpty() ? "" : question.strip() + " ";
    }

    private static void transfers() {
        row(Reason.INTERRUPTED, INTERRUPTED, "Start the operation again if you still need it.");
        row(Reason.TRANSFER_FAILED, FAILED, "Correct the cause, and start again.");
        row(Reason.SOURCE_MIGRATED_MEANWHILE, FAILED, "Copy again when the migrations have ended.");
        row(Reason.RESTORE_IN_PLACE_UNFINISHED, FAILED, "Restore it again first.");
        row(
                Reason.RESTORE_INCOMPLETE,
                FAILED,
                RestoreIncompleteException.class,
                incomplete -> "Correct what failed in '" + incomplete.failed()
                        + "', and restore the missing databases one by one with --database NAME.");
        row(
                Reason.SWAP_INTERRUPTED,
                FAILED,
                SwapInterruptedException.class,
                swap -> "Start again: the swap continues where it stopped. If it stops there again, 'monarch swap "
                        + swap.environment() + " --status' shows each step, --retry continues now, and --abandon"
                        + " abandons the swap.");
        row(
                Reason.FOREIGN_JOURNAL_ENTRY,
                DONE,
                environment -> "'monarch swap " + environment
                        + " --abandon' removes it, and the staging collections that came with it.");
        row(Reason.DOCUMENTS_EXPIRE, DONE, "Use --park-ttl to keep them.");
        row(Reason.NOTE, DONE, "");
    }

    private static void stores() {
        row(
                Reason.NO_BACKUP_STORE,
                FAILED,
                "Name a folder in monarch.backups.local.directory, or a bucket in monarch.backups.s3.bucket.");
        row(
                Reason.BACKUP_FOLDER_UNUSABLE,
                FAILED,
                "Create it, or name another folder in monarch.backups.local.directory. Its parent folder must exist and be"
                        + " writable.");
        row(
                Reason.BACKUP_DISK_FULL,
                FAILED,
                "Free disk space, or name a folder on another disk in monarch.backups.local.directory.");
        row(Reason.BACKUP_FILE_INACCESSIBLE, FAILED, "Check that this process may read and write there.");
        row(Reason.BACKUP_NAMES_TAKEN, FAILED, "Choose another name.");
        row(Reason.BACKUP_BUSY, FAILED, "Try again in a moment.");
        row(Reason.BACKUP_DAMAGED, FAILED, "Run 'monarch verify-backup' to list all damage.");
        row(
                Reason.MANIFEST_DAMAGED,
                FAILED,
                "Copy the manifest back from another store, or restore the archive by the path of its file. Delete both if"
                        + " you do not need them.");
        row(
                Reason.MANIFEST_VERSION_UNKNOWN,
                FAILED,
                "Use the version of Monarch that took the backup, or a later one.");
        row(Reason.BACKUP_NOT_COPIED, FAILED, "Try again.");
        row(Reason.SAME_BACKUP_STORE, FAILED, "Choose another store.");
        row(
                Reason.BACKUP_STORE_FAILED,
                FAILED,
                BackupStoreException.class,
                failed -> failed.nextStep() == null ? "" : failed.nextStep());
        row(Reason.DAMAGED_ARCHIVE, FAILED, "Use another archive, or get a new copy of this one. Nothing was written.");
    }

    private static void approvals() {
        row(Reason.DROP_DISABLED, REFUSED, "To drop it anyway, set monarch.drop-enabled=true for this one run.");
        row(Reason.NOT_CONFIRMED, REFUSED, "To continue anyway, confirm with --yes.");
        row(
                Reason.NAME_NOT_CONFIRMED,
                REFUSED,
                environment -> "To continue anyway, confirm with --confirm " + environment + ".");
        row(
                Reason.OTHER_NAME_CONFIRMED,
                REFUSED,
                environment -> "To change this environment, confirm with --confirm " + environment + ".");
        row(
                Reason.NEARLY_EMPTIES_TARGET,
                REFUSED,
                environment -> "To continue anyway, confirm with --confirm " + environment + ".");
    }

    private static void sources() {
        row(
                Reason.QUERY_SET_WRITES,
                REFUSED,
                "Select data with dump, follow, only and exclude; change data in a migration.");
        row(
                Reason.PARTIAL_DATA,
                REFUSED,
                environment -> "To replace it anyway, use --partial-into " + environment + ".");
        row(
                Reason.EMPTY_SOURCE,
                REFUSED,
                "Correct the name of the database in the configuration, or use --allow-empty if it is meant to be empty.");
        row(Reason.EMPTY_BACKUP, REFUSED, "Choose another backup, or use --allow-empty if it is meant to be empty.");
        row(Reason.SAME_DATABASE, REFUSED, "Choose another environment.");
        row(Reason.OTHER_DATABASE_IN_BACKUP, REFUSED, "Omit --database.");
        row(Reason.DATABASE_NOT_IN_ARCHIVE, REFUSED, "Choose a database of the archive with --database NAME.");
        row(Reason.SEVERAL_DATABASES_IN_ARCHIVE, REFUSED, "Choose one with --database NAME.");
        row(
                Reason.DATABASE_WITHOUT_ENVIRONMENT,
                REFUSED,
                "Configure it as an environment (monarch.environments.NAME) with the same hosts, or restore the other"
                        + " databases one by one with --database NAME.");
    }

    private static void targets() {
        row(Reason.SCRATCH_PROTECTED, REFUSED, "Name an environment that is not protected.");
        row(
                Reason.SCRATCH_NOT_EMPTY,
                REFUSED,
                "Name an environment whose database is empty, or drop that database if no one needs it.");
        row(
                Reason.SCRATCH_ON_SOURCE_CLUSTER,
                REFUSED,
                "Name an environment with --into: another one, or this one to accept the load.");
        row(Reason.COLLECTION_NAME_NOT_ALLOWED, REFUSED, "Leave the collection out with --exclude.");
        row(Reason.VIEW_NOT_POSSIBLE, REFUSED, "Leave the view out with --exclude.");
        row(Reason.TIME_SERIES_IN_TARGET, REFUSED, "Use --replace-time-series to drop it first.");
        row(Reason.SHARDED_COLLECTION_IN_TARGET, REFUSED, "Drop it first, or restore into another database.");
        row(Reason.DISK_SPACE, REFUSED, "Free disk space, or use --in-place, which is unsafe.");
        row(Reason.OPEN_FILES, REFUSED, "Raise the server's limit of open files.");
        row(Reason.MISSING_PRIVILEGE, REFUSED, "Grant the role or the privileges.");
        row(
                Reason.MISSING_PRIVILEGE_FOR_TIME_SERIES,
                REFUSED,
                "Grant the role, or leave the time series out with --exclude.");
        row(Reason.MISSING_PRIVILEGE_TO_EXPIRE, REFUSED, "Grant the role, or use --park-ttl.");
        row(
                Reason.LEGACY_INDEX,
                REFUSED,
                "Use --convert-legacy-indexes to convert or leave out such indexes, or --no-indexes to build none.");
        row(Reason.TARGET_CHANGED, REFUSED, "Stop the other writers, or accept the loss with --accept-lost-writes.");
    }

    private static void archives() {
        row(
                Reason.FOREIGN_FORMAT,
                REFUSED,
                "Use a directory, an archive, or a zip or tar file that mongodump's files are in.");
        row(Reason.FOREIGN_COMPRESSION, REFUSED, "Decompress or decrypt it first, and use the result.");
        row(Reason.NO_DUMP, REFUSED, "Use the directory, or a zip or tar file, that mongodump's files are in.");
        row(Reason.DUMP_FILES, REFUSED, "If you trust the dump, raise monarch.backups.dumps.max-files.");
        row(Reason.DUMP_RATIO, REFUSED, "If you trust the dump, raise monarch.backups.dumps.max-ratio.");
        row(
                Reason.COMMONS_COMPRESS_MISSING,
                REFUSED,
                "Add the library, or unpack the file and restore the directory, which needs none.");
        row(Reason.ZSTD_MISSING, REFUSED, "Add the library, or use gzip, which needs none.");
        row(
                Reason.ZSTD_WINDOW,
                REFUSED,
                "Run this with more memory or a smaller heap (-Xmx), or compress the archive again: zstd -dc --long=31 FILE"
                        + " | zstd > OTHER.");
        row(
                Reason.TIME_SERIES_WITHOUT_DESCRIPTION,
                REFUSED,
                "Dump the time series by its own name, without system.buckets.");
        row(
                Reason.TIME_SERIES_WITHOUT_BUCKETS,
                REFUSED,
                "Dump the time series with mongodump 100.4 or later, or leave it out with --exclude.");
        row(Reason.TIME_SERIES_IN_TWO_FILES, REFUSED, "Move the older of the two files out of the dump.");
    }

    private static void row(Reason reason, ExitCode exitCode, String nextStep) {
        put(reason, exitCode, (failure, environment) -> nextStep);
    }

    private static void row(Reason reason, ExitCode exitCode, UnaryOperator<String> nextStep) {
        put(reason, exitCode, (failure, environment) -> nextStep.apply(environment));
    }

    private static <X extends MonarchException> void row(
            Reason reason, ExitCode exitCode, Class<X> type, Function<X, String> nextStep) {
        put(reason, exitCode, (failure, environment) -> failure == null ? "" : nextStep.apply(type.cast(failure)));
    }

    private static void put(
            Reason reason, ExitCode exitCode, BiFunction<@Nullable MonarchException, String, String> nextStep) {
        if (ROWS.put(reason, new Row(exitCode, nextStep)) != null) {
            throw new IllegalStateException(reason + " has two rows.");
        }
    }

    /**
     * Returns the advice for an exception of the driver.
     *
     * @param failure the exception
     * @param place where it was thrown, as a noun phrase: {@code environment 'staging'}
     * @return the advice, or nothing if the exception has no row
     */
    static Optional<Advice> ofDriver(Throwable failure, String place) {
        if (failure instanceof MongoInterruptedException) {
            return Optional.of(new Advice(INTERRUPTED, "Interrupted while talking to " + place + ".", ""));
        }
        if (failure instanceof MongoSecurityException || hasCode(failure, AUTHENTICATION_FAILED)) {
            return Optional.of(new Advice(
                    FAILED,
                    "The server of " + place + " refused the login: wrong user, password or authentication database.",
                    ""));
        }
        if (failure instanceof MongoCommandException command && hasCode(failure, Privileges.UNAUTHORIZED)) {
            return Optional.of(new Advice(
                    FAILED, "The user of " + place + " lacks a privilege: " + command.getErrorMessage() + ".", ""));
        }
        if (isUnanswered(failure)) {
            return Optional.of(new Advice(
                    FAILED,
                    "Cannot reach " + place + ": no server answered.",
                    "Check that the server is running, its host and port, and the network in between."));
        }
        if (failure instanceof NoClassDefFoundError) {
            return MissingCompressor.advice(failure, place);
        }
        return failure instanceof MongoConfigurationException
                ? Optional.of(
                        new Advice(FAILED, "Cannot connect to " + place + ": " + Scrubbed.firstLine(failure) + ".", ""))
                : Optional.empty();
    }

    static boolean isUnanswered(@Nullable Throwable failure) {
        return failure instanceof MongoTimeoutException || failure instanceof MongoSocketException;
    }

    private static boolean hasCode(Throwable failure, int code) {
        return failure instanceof MongoCommandException command && command.getErrorCode() == code;
    }

    static Row row(Reason reason) {
        Row row = ROWS.get(reason);
        if (row == null) {
            throw new IllegalStateException(reason + " has no row.");
        }
        return row;
    }

    /**
     * What to do about one reason.
     *
     * @param exitCode the exit code of a command
     * @param step returns the next step, from the failure (null for a warning) and the name of an environment
     */
    record Row(ExitCode exitCode, BiFunction<@Nullable MonarchException, String, String> step) {

        String nextStep(MonarchException failure, String environment) {
            return step.apply(failure, environment);
        }

        String nextStep(String environment) {
            return step.apply(null, environment);
        }
    }
}
