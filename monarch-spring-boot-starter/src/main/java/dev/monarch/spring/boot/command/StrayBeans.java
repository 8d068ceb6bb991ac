package dev.monarch.spring.boot.command;

import java.util.stream.Stream;

import com.mongodb.MongoClientSettings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;

import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.spring.boot.autoconfigure.MongoBean;
import dev.monarch.spring.boot.autoconfigure.MongoBeans;
import dev.monarch.spring.boot.autoconfigure.MongoPlace;

/**
 * Finds MongoDB beans that use another database than the environment of the command, because the application creates
 * them itself. A migration with such a bean would write to another database.
 */
final class StrayBeans {

    private final ConfigurableListableBeanFactory beans;

    StrayBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Refuses to continue if a bean uses another database, or does not tell its database.
     *
     * @param environment the environment's name
     * @param address the environment's address
     */
    void refuseOn(String environment, EnvironmentAddress address) {
        requireOneConnection(environment);
        for (MongoBean bean : new MongoBeans(beans).all()) {
            requireIn(environment, bean, address);
        }
    }

    /** All of them would have become the environment's, but each has its own purpose. */
    private void requireOneConnection(String environment) {
        String[] connections = beans.getBeanNamesForType(MongoConnectionDetails.class, true, false);
        if (connections.length > 1) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "Cannot use '" + environment + "': this application has several connections ("
                            + String.join(", ", connections)
                            + "), and none is marked as the environment's. Start the"
                            + " application on '" + environment + "' with its own configuration.");
        }
    }

    /** Spring Boot's own client uses a settings bean of the application, if there is one, and nothing else. */
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

    private void requireIn(String environment, MongoBean bean, EnvironmentAddress expected) {
        MongoPlace place = bean.place();
        if (!place.mayBeAt(expected)) {
            throw refused(environment, bean, "is at " + place(place, expected) + ", not at " + place(expected));
        }
        if (place.problem() != null) {
            throw refused(
                    environment,
                    bean,
                    "does not say whether it is at " + place(expected) + " (" + place.problem() + ")");
        }
    }

    private CommandException refused(String environment, MongoBean bean, String reason) {
        return new CommandException(
                ExitCode.REFUSED,
                "Cannot use '" + environment + "': the bean '" + culprit(bean.name())
                        + "' is created by the application and " + reason + ". Create it from the"
                        + " MongoConnectionDetails bean, or start the application on '" + environment
                        + "' with its own configuration.");
    }

    private static String place(MongoPlace actual, EnvironmentAddress expected) {
        return place(new EnvironmentAddress(
                actual.hosts() != null ? actual.hosts() : expected.hosts(),
                actual.database() != null ? actual.database() : expected.database()));
    }

    private static String place(EnvironmentAddress address) {
        return String.join(",", address.hosts()) + "/" + address.database();
    }
}
