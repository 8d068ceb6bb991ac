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
 * Finds the MongoDB beans that are elsewhere than the environment the application was started on: those of the
 * application's own making. A migration that has one of them injected would write to another database.
 */
final class StrayBeans {

    private final ConfigurableListableBeanFactory beans;

    StrayBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Refuses if a bean is elsewhere, or cannot be asked.
     *
     * @param environment the environment's name
     * @param address where it is
     */
    void refuseOn(String environment, EnvironmentAddress address) {
        requireOneConnection(environment);
        for (MongoBean bean : new MongoBeans(beans).all()) {
            requireIn(environment, bean, address);
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
                "Refused to work on '" + environment + "': the bean '" + culprit(bean.name())
                        + "' is made by the application itself and " + reason + ". Make it from the"
                        + " MongoConnectionDetails bean, or start the application on '" + environment
                        + "' by its own means.");
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
