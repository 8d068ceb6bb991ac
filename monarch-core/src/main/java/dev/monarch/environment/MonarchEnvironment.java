package dev.monarch.environment;

import java.util.Optional;
import java.util.function.Supplier;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterDescription;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.engine.server.OwnClient;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.Guard.Protection;

/**
 * A named MongoDB database on which Monarch operates.
 *
 * <p>The connection is parsed, resolved and opened on first use, so an unused environment may be misconfigured or
 * down. Thread-safe. {@link #close()} closes only the clients that the environment opened itself.
 */
public final class MonarchEnvironment implements AutoCloseable {

    private final String name;

    private final Protection protection;

    private final Supplier<EnvironmentConnection> configured;

    private final boolean ownsClient;

    private @Nullable EnvironmentConnection connection;

    private @Nullable MongoClient client;

    private @Nullable MongoClient ownClient;

    /** A view of {@link #client} for short reads. */
    private @Nullable MongoCluster shared;

    private MonarchEnvironment(
            String name, Protection protection, Supplier<EnvironmentConnection> configured, boolean ownsClient) {
        this.name = Checks.notBlank("name", name);
        this.protection = protection;
        this.configured = configured;
        this.ownsClient = ownsClient;
    }

    /**
     * Creates an environment whose connection is opened on first use.
     *
     * @param name the environment's name
     * @param protection the configured protection
     * @param connection provides the connection; called once, and again only if it threw
     * @return the environment
     */
    public static MonarchEnvironment lazily(
            String name, Protection protection, Supplier<EnvironmentConnection> connection) {
        return new MonarchEnvironment(name, protection, connection, true);
    }

    /**
     * Creates an environment with an existing client.
     *
     * @param name the environment's name
     * @param protection the configured protection
     * @param client the client, which the environment does not close
     * @param database the database's name
     * @return the environment
     */
    public static MonarchEnvironment using(String name, Protection protection, MongoClient client, String database) {
        return using(name, protection, client, database, Optional::empty);
    }

    /**
     * Creates an environment with an existing client whose settings may be known.
     *
     * @param name the environment's name
     * @param protection the configured protection
     * @param client the client, which the environment does not close
     * @param database the database's name
     * @param settings provides the client's settings, if they are known; called on the first use of {@link
     *     #ownClient()}
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
     * Returns a scratch database of the same deployment. It is never protected. It shares {@link #client()} with this
     * environment, so close it first.
     *
     * @param database the name of the database
     * @return the database as an environment of its own, with a name for messages
     */
    public MonarchEnvironment scratch(String database) {
        return using(
                name + " (scratch)",
                Protection.OFF,
                client(),
                database,
                () -> connection().settings());
    }

    /** {@return the name of the environment} */
    public String name() {
        return name;
    }

    /**
     * Returns the address, without connecting.
     *
     * @return the address
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured or is invalid
     */
    public EnvironmentAddress address() {
        return connection().address();
    }

    /**
     * Returns the exposure of this environment.
     *
     * @return its exposure
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured or is invalid
     */
    public Exposure exposure() {
        return protection.exposureOf(name, address());
    }

    /**
     * Returns the client and opens it on the first call.
     *
     * @return the client
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured or is invalid
     */
    public synchronized MongoClient client() {
        if (client == null) {
            client = connection().open();
        }
        return client;
    }

    /**
     * Returns the database and opens the client if necessary.
     *
     * @return the environment's database, with the settings of {@link #client()}
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured or is invalid
     */
    public MongoDatabase database() {
        return client().getDatabase(address().database());
    }

    /**
     * Returns the client for Monarch's own operations and opens it on the first call.
     *
     * <p>It reads from the primary with read concern {@code local}, writes with write concern {@code majority} and
     * has no timeout, whatever the settings of {@link #client()} say. If those settings are known, it has its own
     * connections. Otherwise it is a view of {@link #client()} and shares its pool and socket timeout. Sessions of
     * one client cannot be used with the other.
     *
     * @return the client
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured or is invalid
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
     * Returns what {@link #ownClient()} knows about the members of the deployment, without a round trip.
     *
     * @return the driver's description of the cluster
     */
    public ClusterDescription ownClusterDescription() {
        return (ownClient() instanceof MongoClient opened ? opened : client()).getClusterDescription();
    }

    /**
     * Returns the database of {@link #ownClient()}.
     *
     * @return the environment's database, for Monarch's own operations
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured or is invalid
     */
    public MongoDatabase ownDatabase() {
        return ownClient().getDatabase(address().database());
    }

    /**
     * Returns the database for short reads that find out whether there is anything to do.
     *
     * <p>It reads as {@link #ownDatabase()} does. As long as {@link #ownClient()} is not open, it uses the connections
     * of an existing {@link #client()} whose settings do not limit the reads. So an application that has nothing to
     * do opens no connections for Monarch.
     *
     * @return the environment's database, for a read without a session
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not configured or is invalid
     */
    public synchronized MongoDatabase shortReads() {
        if (ownClient == null && shared == null && !ownsClient && isShareable()) {
            shared = OwnClient.view(client());
        }
        return ownClient == null && shared != null
                ? shared.getDatabase(address().database())
                : ownDatabase();
    }

    private boolean isShareable() {
        return connection().settings().filter(OwnClient::permitsShortReads).isPresent();
    }

    private synchronized EnvironmentConnection connection() {
        if (connection == null) {
            connection = configured.get();
        }
        return connection;
    }

    /** Closes the clients that this environment opened. A later use opens new ones. */
    @Override
    public synchronized void close() {
        if (ownClient != null) {
            ownClient.close();
        }
        ownClient = null;
        shared = null;
        if (ownsClient && client != null) {
            client.close();
        }
        client = null;
    }

    @Override
    public String toString() {
        return "environment '" + name + "'";
    }

    /** The connection of an environment, which is opened on first use. */
    public interface EnvironmentConnection {

        /**
         * Returns the address of the environment.
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
         * Returns the settings of that client, from which Monarch derives its own client.
         *
         * @return the settings; empty if they are unknown
         */
        default Optional<MongoClientSettings> settings() {
            return Optional.empty();
        }
    }
}
