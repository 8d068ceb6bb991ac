package dev.monarch.spring.boot.autoconfigure;

import java.util.Optional;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment.EnvironmentConnection;

/**
 * The connection of an application without synchronous MongoDB beans. Monarch opens a client of its own with the
 * application's settings.
 *
 * @param client the settings with which Spring Boot creates the application's client
 * @param address the hosts of these settings, and the application's database
 */
record ApplicationConnection(MongoClientSettings client, EnvironmentAddress address) implements EnvironmentConnection {

    static ApplicationConnection of(MongoClientSettings client, String database) {
        return new ApplicationConnection(client, EnvironmentAddress.of(client.getClusterSettings(), database));
    }

    @Override
    public MongoClient open() {
        return MongoClients.create(client);
    }

    @Override
    public Optional<MongoClientSettings> settings() {
        return Optional.of(client);
    }
}
