package dev.monarch.environment;

import java.util.function.Supplier;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;

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
        return new MonarchEnvironment(name, protection, () -> new BorrowedConnection(client, database), false);
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

    private synchronized EnvironmentConnection connection() {
        if (connection == null) {
            connection = configured.get();
        }
        return connection;
    }

    /** Closes the client if this environment opened one; a later use opens another. */
    @Override
    public synchronized void close() {
        if (ownsClient && client != null) {
            client.close();
        }
        client = null;
    }

    @Override
    public String toString() {
        return "environment '" + name + "'";
    }

    private record BorrowedConnection(MongoClient client, String database) implements EnvironmentConnection {

        @Override
        public EnvironmentAddress address() {
            return EnvironmentAddress.of(client.getClusterDescription().getClusterSettings(), database);
        }

        @Override
        public MongoClient open() {
            return client;
        }
    }
}
