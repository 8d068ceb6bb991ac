package dev.monarch.spring.boot.command;

import java.util.stream.Stream;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoDatabaseFactorySupport;

import dev.monarch.environment.EnvironmentAddress;

/**
 * Finds the clients and database factories that are elsewhere than the environment the application was started on: those
 * of the application's own making. A migration that has one of them injected would write to another database.
 */
final class StrayBeans {

    private final ConfigurableListableBeanFactory beans;

    StrayBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Clients first: a factory is elsewhere because its client is. */
    void refuseOn(String environment, EnvironmentAddress address) {
        requireOneConnection(environment);
        for (String name : beans.getBeanNamesForType(MongoClient.class, true, false)) {
            MongoClient client = beans.getBean(name, MongoClient.class);
            requireSame(environment, culprit(name), address, addressOf(client, address.database()));
        }
        for (String name : beans.getBeanNamesForType(MongoDatabaseFactory.class, true, false)) {
            MongoDatabaseFactory factory = beans.getBean(name, MongoDatabaseFactory.class);
            requireSame(environment, name, address, addressOf(factory, address));
        }
    }

    /** All of them would have become the environment's; the second has had another purpose. */
    private void requireOneConnection(String environment) {
        String[] connections = beans.getBeanNamesForType(MongoConnectionDetails.class, true, false);
        if (connections.length > 1) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "Refused to work on '" + environment + "': this application has several connections ("
                            + String.join(", ", connections)
                            + "), and nothing says which is the environment's. Start the"
                            + " application on '" + environment + "' by its own means.");
        }
    }

    /** Spring Boot's own client takes the application's settings, if there are any, and then asks nothing else. */
    private String culprit(String client) {
        return isOfSpringBoot(client)
                ? Stream.of(beans.getBeanNamesForType(MongoClientSettings.class, true, false))
                        .filter(settings -> !isOfSpringBoot(settings))
                        .findFirst()
                        .orElse(client)
                : client;
    }

    private boolean isOfSpringBoot(String bean) {
        return beans.containsBeanDefinition(bean)
                && String.valueOf(beans.getBeanDefinition(bean).getFactoryBeanName())
                        .startsWith("org.springframework.boot.");
    }

    private static EnvironmentAddress addressOf(MongoDatabaseFactory factory, EnvironmentAddress otherwise) {
        String database = factory.getMongoDatabase().getName();
        return factory instanceof MongoDatabaseFactorySupport<?> support
                        && support.getMongoCluster() instanceof MongoClient client
                ? addressOf(client, database)
                : new EnvironmentAddress(otherwise.hosts(), database);
    }

    private static EnvironmentAddress addressOf(MongoClient client, String database) {
        return EnvironmentAddress.of(client.getClusterDescription().getClusterSettings(), database);
    }

    private static void requireSame(
            String environment, String bean, EnvironmentAddress expected, EnvironmentAddress actual) {
        if (!expected.isSamePlaceAs(actual)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "Refused to work on '" + environment + "': the bean '" + bean
                            + "' is made by the application itself and"
                            + " is at " + place(actual) + ", not at " + place(expected) + ". Make it from the"
                            + " MongoConnectionDetails bean, or start the application on '" + environment
                            + "' by its own means.");
        }
    }

    private static String place(EnvironmentAddress address) {
        return String.join(",", address.hosts()) + "/" + address.database();
    }
}
