package dev.monarch.environment;

import java.util.Optional;
import java.util.function.Supplier;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterDescription;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.server.OwnClient;
import dev.monarch.environment.GuardedOperation.Exposure;

/**
 * One named MongoDB database that Monarch works on.
 *
 * <p>Nothing is parsed, resolved or connected before it is first needed, so that an environment nobody touches can be
 * misconfigured or down. Safe for use by several threads. It closes the client that it opened, never one it was given.
 */
public final class MonarchEnvironment implements AutoCloseable {

    private final String name;

    private final Protection protection;

    private final Supplier<EnvironmentConnection> configured;

    private final boolean ownsClient;

    private @Nullable EnvironmentConnection connection;

    private @Nullable MongoClient client;

    private @Nullable MongoClient ownClient;

    private MonarchEnvironment(
            String name, Protection protection, Supplier<EnvironmentConnection> configured, boolean ownsClient) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        this.name = name;
        this.protection = protection;
        this.configured = configured;
        this.ownsClient = ownsClient;
    }

    /**
     * Describes an environment whose connection is read and opened on first use.
     *
     * @param name the environment's name
     * @param protection whether it is protected
     * @param connection gives the connection; asked once, and again only if it threw
     * @return the environment
     */
    public static MonarchEnvironment lazily(
            String name, Protection protection, Supplier<EnvironmentConnection> connection) {
        return new MonarchEnvironment(name, protection, connection, true);
    }

    /**
     * Describes an environment reached through a client that belongs to somebody else.
     *
     * @param name the environment's name
     * @param protection whether it is protected
     * @param client the client, which stays its owner's to close
     * @param database the database's name
     * @return the environment
     */
    public static MonarchEnvironment using(String name, Protection protection, MongoClient client, String database) {
        return using(name, protection, client, database, Optional::empty);
    }

    /**
     * Describes an environment reached through a client that belongs to somebody else, and whose settings may be known.
     *
     * @param name the environment's name
     * @param protection whether it is protected
     * @param client the client, which stays its owner's to close
     * @param database the database's name
     * @param settings gives what the client was made of, or nothing; asked when {@link #ownClient()} is first needed
     * @return the environment
     */
    public static MonarchEnvironment using(
            String name,
            Protection protection,
            MongoClient client,
            String database,
            Supplier<Optional<MongoClientSettings>> settings) {
        return new MonarchEnvironment(
                name, protection, () -> new BorrowedConnection(client, database, settings), false);
    }

    /**
     * Returns the environment's name.
     *
     * @return the name it is configured under
     */
    public String name() {
        return name;
    }

    /**
     * Returns where the environment lives, without connecting.
     *
     * @return the address
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured, or not usable
     */
    public EnvironmentAddress address() {
        return connection().address();
    }

    /**
     * Returns how far from harmless this environment is.
     *
     * @return its exposure
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured, or not usable
     */
    public Exposure exposure() {
        return protection.exposureOf(name, address());
    }

    /**
     * Returns the client, opened by the first call.
     *
     * @return the client
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured, or not usable
     */
    public synchronized MongoClient client() {
        if (client == null) {
            client = connection().open();
        }
        return client;
    }

    /**
     * Returns the database, opening the client if that has not happened yet.
     *
     * @return the environment's one database, with the client's own settings
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured, or not usable
     */
    public MongoDatabase database() {
        return client().getDatabase(address().database());
    }

    /**
     * Returns the client for Monarch's own work, opened by the first call: lock, history, counts, copies of data.
     *
     * <p>It reads from the primary with read concern {@code local}, writes with majority and has no time limit, whatever the
     * settings of {@link #client()} say. If those settings are known, it has connections of its own; else it is a view of
     * {@link #client()}, and shares that client's pool and socket timeout. A session of one client is no session of the other.
     *
     * @return the client
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured, or not usable
     */
    public synchronized MongoCluster ownClient() {
        if (ownClient == null) {
            Optional<MongoClientSettings> settings = connection().settings();
            if (settings.isEmpty()) {
                return OwnClient.view(client());
            }
            ownClient = OwnClient.open(settings.get());
        }
        return ownClient;
    }

    /**
     * Returns what {@link #ownClient()} has heard of the members of the deployment; no round trip.
     *
     * @return the driver's own description
     */
    public ClusterDescription ownClusterDescription() {
        return (ownClient() instanceof MongoClient opened ? opened : client()).getClusterDescription();
    }

    /**
     * Returns the database as {@link #ownClient()} sees it.
     *
     * @return the environment's one database, for Monarch's own work
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured, or not usable
     */
    public MongoDatabase ownDatabase() {
        return ownClient().getDatabase(address().database());
    }

    private synchronized EnvironmentConnection connection() {
        if (connection == null) {
            connection = configured.get();
        }
        return connection;
    }

    /** Closes the clients that this environment opened; a later use opens others. */
    @Override
    public synchronized void close() {
        if (ownClient != null) {
            ownClient.close();
        }
        ownClient = null;
        if (ownsClient && client != null) {
            client.close();
        }
        client = null;
    }

    @Override
    public String toString() {
        return "environment '" + name + "'";
    }

    private record BorrowedConnection(
            MongoClient client, String database, Supplier<Optional<MongoClientSettings>> known)
            implements EnvironmentConnection {

        @Override
        public EnvironmentAddress address() {
            return EnvironmentAddress.of(client.getClusterDescription().getClusterSettings(), database);
        }

        @Override
        public MongoClient open() {
            return client;
        }

        @Override
        public Optional<MongoClientSettings> settings() {
            return known.get();
        }
    }

    /** How to reach an environment: known before anything is opened, opened once when it is first needed. */
    public interface EnvironmentConnection {

        /**
         * Returns where the environment lives.
         *
         * @return the address, known without connecting
         */
        EnvironmentAddress address();

        /**
         * Opens a client, which the environment keeps and closes.
         *
         * @return a new client
         */
        MongoClient open();

        /**
         * Returns the settings of that client, so that Monarch can derive a client of its own from them.
         *
         * @return the settings, or nothing if only the client is known
         */
        default Optional<MongoClientSettings> settings() {
            return Optional.empty();
        }
    }
}
