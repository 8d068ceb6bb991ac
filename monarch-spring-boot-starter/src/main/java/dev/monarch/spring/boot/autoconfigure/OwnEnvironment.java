package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import com.mongodb.client.MongoClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoDatabaseFactorySupport;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The environment of the application's own connection, built from its beans and never from properties.
 *
 * <p>Its name is {@code monarch.environment}, else that of the configured environment with the same address, else {@code
 * default}; never a profile's.
 */
final class OwnEnvironment {

    static final String DEFAULT_NAME = "default";

    private static final Logger log = LoggerFactory.getLogger(OwnEnvironment.class);

    private final @Nullable String givenName;

    private final ConfiguredEnvironments configured;

    private final SpringBootClients made;

    OwnEnvironment(@Nullable String givenName, ConfiguredEnvironments configured, SpringBootClients made) {
        this.givenName = givenName;
        this.configured = configured;
        this.made = made;
    }

    MonarchEnvironment of(MongoDatabaseFactory factory, ObjectProvider<MongoClient> clients) {
        MongoClient client = clientOf(factory, clients);
        String database = factory.getMongoDatabase().getName();
        EnvironmentAddress address =
                EnvironmentAddress.of(client.getClusterDescription().getClusterSettings(), database);
        String name = givenName != null ? givenName : nameOf(address, configured.environments());
        return MonarchEnvironment.using(
                name, configured.protectionOf(name), client, database, () -> made.settingsOf(client));
    }

    private static String nameOf(EnvironmentAddress address, List<MonarchEnvironment> configured) {
        return configured.stream()
                .filter(environment -> isAt(environment, address))
                .map(MonarchEnvironment::name)
                .findFirst()
                .orElse(DEFAULT_NAME);
    }

    private static boolean isAt(MonarchEnvironment environment, EnvironmentAddress address) {
        try {
            return environment.address().isSamePlaceAs(address);
        } catch (InvalidEnvironmentException e) {
            // Whoever uses that environment is told; an application that does not must start.
            log.debug("Cannot tell where environment '{}' is", environment.name(), e);
            return false;
        }
    }

    /** A user's own factory may be the only bean there is; Boot then makes no client of its own. */
    private static MongoClient clientOf(MongoDatabaseFactory factory, ObjectProvider<MongoClient> clients) {
        if (factory instanceof MongoDatabaseFactorySupport<?> support
                && support.getMongoCluster() instanceof MongoClient client) {
            return client;
        }
        return clients.getObject();
    }
}
