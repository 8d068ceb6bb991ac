package dev.monarch.migration;

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
     */
    MongoDatabase database();

    /**
     * Returns a template on the environment's database, each call on it bound to the run's session.
     *
     * @return the template, with the application's own converter
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
}
