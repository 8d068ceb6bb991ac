package dev.monarch.backup;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Tells one database from others that have the same name, or whose environments have the same name.
 *
 * <p>The server gives every collection a UUID of its own. The UUID of the collection of Monarch's lock identifies the database:
 * no restore or copy replaces that collection. Until the lock was taken for the first time, the hosts have to do.
 *
 * @param lock the UUID of the collection {@code monarch.lock}; null if there is none yet, or the server gives no UUIDs
 * @param hosts the hosts of the deployment, as the environment is configured
 * @param database the name of the database
 */
public record DatabaseIdentity(@Nullable UUID lock, List<String> hosts, String database) {

    public DatabaseIdentity {
        hosts = List.copyOf(hosts);
    }

    /**
     * Asks an environment for the identity of its database; one round trip.
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
     * Tells whether both are the same database, as far as that is known.
     *
     * @param other the other identity
     * @return true if the locks are the same; if one of them is not known, whether hosts and name are the same
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
