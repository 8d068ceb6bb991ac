package dev.monarch.backup;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment;

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

    public DatabaseIdentity {
        hosts = List.copyOf(hosts);
    }

    /**
     * Reads the identity of an environment's database. One round trip.
     *
     * @param environment the environment
     * @return the identity
     * @throws com.mongodb.MongoException if the server cannot be asked
     */
    public static DatabaseIdentity of(MonarchEnvironment environment) {
        EnvironmentAddress address = environment.address();
        UUID lock = new CatalogueReader(environment.ownDatabase()).uuidNow(OwnCollections.LOCK);
        return new DatabaseIdentity(lock, address.hosts(), address.database());
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
