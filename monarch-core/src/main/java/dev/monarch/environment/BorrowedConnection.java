package dev.monarch.environment;

import java.util.Optional;
import java.util.function.Supplier;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;

import dev.monarch.environment.MonarchEnvironment.EnvironmentConnection;

/**
 * The connection of an environment whose client someone else opened and closes.
 *
 * @param client the client
 * @param database the name of the database
 * @param known provides the settings of the client, if they are known
 */
record BorrowedConnection(MongoClient client, String database, Supplier<Optional<MongoClientSettings>> known)
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
