package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import com.mongodb.client.MongoClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The environment of the application's own connection. It is built from beans, never from properties.
 *
 * <p>Its name is {@code monarch.environment}, else that of the configured environment with the same address, else
 * {@code default}. It is never the name of a profile.
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

    /** If the beans do not say which database the application uses, using the environment reports the problem. */
    MonarchEnvironment of(MongoBeans beans) {
        String unlocated = givenName != null ? givenName : DEFAULT_NAME;
        try {
            if (!beans.areSynchronous()) {
                return ofReactive(new ReactiveDatabase(beans, made, unlocated).locate());
            }
            return of(beans, new ApplicationDatabase(beans, unlocated).locate());
        } catch (InvalidEnvironmentException refusal) {
            return MonarchEnvironment.lazily(unlocated, configured.protectionOf(unlocated), () -> {
                throw refusal;
            });
        }
    }

    private MonarchEnvironment of(MongoBeans beans, ApplicationDatabase.Location location) {
        MongoClient client = location.client();
        EnvironmentAddress address =
                EnvironmentAddress.of(client.getClusterDescription().getClusterSettings(), location.database());
        String name = givenName != null ? givenName : nameOf(address, configured.environments());
        reportOtherDatabases(name, address, location.decidedBy(), beans);
        return MonarchEnvironment.using(
                name, configured.protectionOf(name), client, location.database(), () -> made.settingsOf(client));
    }

    /** The client is Monarch's own: the registry opens and closes it, and no bean of the application changes. */
    private MonarchEnvironment ofReactive(ApplicationConnection connection) {
        String name = givenName != null ? givenName : nameOf(connection.address(), configured.environments());
        return MonarchEnvironment.lazily(name, configured.protectionOf(name), () -> connection);
    }

    /** An application may use several databases, but Monarch neither locks nor records what goes to the others. */
    private static void reportOtherDatabases(
            String name, EnvironmentAddress address, MongoBean decidedBy, MongoBeans beans) {
        String elsewhere = beans.created().stream()
                .filter(bean -> bean.place().problem() != null || !bean.place().mayBeAt(address))
                .map(MongoBean::describe)
                .collect(Collectors.joining(", "));
        if (!elsewhere.isEmpty()) {
            log.info(
                    "Environment '{}' is database '{}', as bean '{}' says. Monarch neither locks nor records what"
                            + " migrations do through other beans: {}",
                    name,
                    address.database(),
                    decidedBy.name(),
                    elsewhere);
        }
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
            // Using that environment reports the problem. An application that does not use it must start.
            log.debug("The address of environment '{}' is unknown", environment.name(), e);
            return false;
        }
    }
}
