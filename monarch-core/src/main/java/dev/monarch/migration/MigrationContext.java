package dev.monarch.migration;

import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.backfill.DocumentBackfill.Change;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The context of one call of a migration: the database, the run's session, checkpoints and progress.
 *
 * <p>Operations through {@link #database()} and {@link #template()} belong to the session of the run. If the run dies
 * or loses its lock, they are ended on the server before another run starts. Operations through other beans are not.
 */
public interface MigrationContext {

    /**
     * Returns the environment's database. Each call on it is bound to the run's session.
     *
     * @return the database
     * @throws IllegalStateException in a Spring transaction ({@code @Transactional}), of which the call would not be
     *     part; use {@code @Migration(transactional = true)} instead
     */
    MongoDatabase database();

    /**
     * Returns the application's own template, with its converter, entity callbacks (for example auditing), events and
     * write settings. Each call on it is bound to the run's session.
     *
     * <p>For another environment, it is an equal template on that environment's database. If the application has no
     * template, it is Spring Data's default.
     *
     * @return the template
     * @throws IllegalStateException in a Spring transaction; if the application has several templates and none is
     *     primary; or if its class extends {@code MongoTemplate} without overriding {@code withSession}
     */
    MongoOperations template();

    /**
     * Returns the run's session, for calls on other databases.
     *
     * @return the session, or null if the server has no sessions
     */
    @Nullable
    ClientSession session();

    /** {@return the environment that is being migrated} */
    MonarchEnvironment environment();

    /**
     * Throws if the lock is lost. Call this regularly in a migration that works for a long time without the server.
     *
     * @throws dev.monarch.LockLostException if the lock is lost; do not catch it
     */
    void ensureLock();

    /**
     * Stores the progress of the migration, so that the next attempt can continue from there.
     *
     * <p>Call it only after the server has acknowledged everything up to the checkpoint. The checkpoint is written with
     * majority concern and is fenced like the history. It is removed when the migration is applied.
     *
     * @param value anything that the application's converter can store as a property: an id, a number, a date, an enum,
     *     a string, a document
     * @throws IllegalArgumentException if it could not be read back as the same value
     * @throws dev.monarch.LockLostException if the lock is lost; do not catch it
     * @throws dev.monarch.HistoryWriteException if the history could not be written
     * @throws IllegalStateException in a transactional migration, which is applied as a whole or not at all
     */
    void checkpoint(Object value);

    /**
     * Returns the last checkpoint of an earlier attempt of this migration.
     *
     * @param type its type; a primitive type means its wrapper
     * @param <T> its type
     * @return the value, or nothing if none was stored
     * @throws ClassCastException if it cannot be read as this type
     */
    <T> Optional<T> lastCheckpoint(Class<T> type);

    /**
     * Returns the object to which the migration reports its progress.
     *
     * @return the progress of this call
     */
    MigrationProgress progress();

    /**
     * Returns a collection that keeps what its documents are before this migration changes them. So {@code Backfills.undo}, and
     * the command {@code monarch undo ID}, can make them what they were.
     *
     * @param collection the name of the collection
     * @return the collection; changes through {@link #database()} and {@link #template()} are not kept
     */
    RecordingCollection recording(String collection);

    /**
     * Changes documents, and keeps what they were. Each write has an effect only if its document is still as it was read. A
     * document that others change meanwhile is read again. For use by the migration's own thread.
     */
    public interface RecordingCollection {

        /**
         * Changes the documents that match a filter, one by one, in the order of their ids.
         *
         * @param filter the filter
         * @param change returns how to change a document; it depends only on the document, and may be called more than once
         * @return the number of changed documents
         * @throws IllegalStateException if the server rejects a change, or its original cannot be kept
         * @throws IllegalArgumentException if the collection is a view or a time series
         * @throws dev.monarch.LockLostException if the lock is lost; do not catch it
         */
        long change(Bson filter, Function<RawBsonDocument, Change> change);

        /**
         * Changes all documents that match a filter in the same way.
         *
         * @param filter the filter
         * @param change the change
         * @return the number of changed documents
         * @throws IllegalStateException if the server rejects the change, or an original cannot be kept
         * @throws IllegalArgumentException if the collection is a view or a time series
         * @throws dev.monarch.LockLostException if the lock is lost; do not catch it
         */
        default long change(Bson filter, Change change) {
            return change(filter, document -> change);
        }
    }

    /** Reports the progress of a long migration. For use by the migration's own thread. */
    public interface MigrationProgress {

        /**
         * Sets the total amount of work.
         *
         * @param total in any unit; not negative
         */
        void total(long total);

        /**
         * Adds completed work.
         *
         * @param more the amount since the last report, in the same unit
         */
        void advance(long more);

        /**
         * Describes the current work.
         *
         * @param message a few words
         */
        void message(String message);
    }
}
