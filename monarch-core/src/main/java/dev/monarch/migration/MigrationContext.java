package dev.monarch.migration;

import java.util.Optional;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.environment.MonarchEnvironment;

/**
 * What a migration works with.
 *
 * <p>What goes through {@link #database()} and {@link #template()} belongs to the session of the run: if the run dies or
 * loses its lock, it is ended on the server before anybody else starts. What goes through other beans is not.
 */
public interface MigrationContext {

    /**
     * Returns the environment's database, each call on it bound to the run's session.
     *
     * @return the database
     * @throws IllegalStateException in a transaction of Spring's ({@code @Transactional}), in which the call would not be:
     *     write {@code @Migration(transactional = true)} instead
     */
    MongoDatabase database();

    /**
     * Returns the application's own template, each call on it bound to the run's session: with its converter, its entity
     * callbacks (auditing among them), its events and its write settings.
     *
     * <p>On another environment than the application's own it is one like it. An application without a template gets Spring
     * Data's default.
     *
     * @return the template
     * @throws IllegalStateException in a transaction of Spring's; if the application has several templates and nothing says
     *     which is its own; or if its class would be lost, for it extends {@code MongoTemplate} and does not override {@code
     *     withSession}
     */
    MongoOperations template();

    /**
     * Returns the run's session, for calls on other databases.
     *
     * @return the session, or null on a server that knows none
     */
    @Nullable
    ClientSession session();

    /**
     * Returns the environment that is being migrated.
     *
     * @return the environment
     */
    MonarchEnvironment environment();

    /**
     * Returns if the lock is still held; to be called now and then by a migration that does much without the server.
     *
     * @throws dev.monarch.LockLostException if the lock is lost; let it pass
     */
    void ensureLock();

    /**
     * Keeps how far the migration has got, in the history, so that the next attempt can go on from there.
     *
     * <p>What was done before it is to be on the server already. Written with majority concern and fenced like the history;
     * forgotten once the migration is applied.
     *
     * @param value anything that the application's converter can store as a property: an id, a number, a date, an enum, a
     *     text, a document
     * @throws IllegalArgumentException if it could not be read back as what it is
     * @throws dev.monarch.LockLostException if the lock is lost; let it pass
     * @throws dev.monarch.HistoryWriteException if it could not be written
     * @throws IllegalStateException in a transactional migration, which leaves nothing to go on from
     */
    void checkpoint(Object value);

    /**
     * Returns what an earlier attempt of this migration kept last.
     *
     * @param type what it is; a primitive type stands for its wrapper
     * @param <T> what it is
     * @return the value, or nothing if none was kept
     * @throws ClassCastException if it cannot be read as that
     */
    <T> Optional<T> lastCheckpoint(Class<T> type);

    /**
     * Returns where to say how far the migration is, for whoever watches.
     *
     * @return the progress of this call
     */
    MigrationProgress progress();

    /** Where a long migration says how far it is. For use by the migration's own thread. */
    public interface MigrationProgress {

        /**
         * Says how much there is to do.
         *
         * @param total in whatever unit the migration counts; not negative
         */
        void total(long total);

        /**
         * Says that more has been done.
         *
         * @param more how much more than when last said, in the same unit
         */
        void advance(long more);

        /**
         * Says what is being done.
         *
         * @param message a few words
         */
        void message(String message);
    }
}
