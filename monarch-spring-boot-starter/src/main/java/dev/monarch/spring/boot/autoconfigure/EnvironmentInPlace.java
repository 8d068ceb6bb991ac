package dev.monarch.spring.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

import dev.monarch.environment.EnvironmentAddress;

/**
 * Starts an application on one of its configured environments: what its Mongo beans are made of is that environment's, in
 * place of its own.
 *
 * <p>Whatever {@link MongoConnectionDetails} bean there is, Spring Boot's, a container's or the user's, is replaced as it is
 * created; so every client, factory, template and repository that is made from it belongs to the environment. One that is
 * not made from it cannot be reached this way, and is for the caller to find.
 */
public final class EnvironmentInPlace implements BeanPostProcessor {

    private final String name;

    private final ConfigurableApplicationContext context;

    private volatile @Nullable ConfiguredConnection connection;

    /**
     * Chooses an environment; nothing is read yet.
     *
     * @param name one of {@link #replaceable}
     * @param context the context that is to be started, whose environment is prepared
     */
    public EnvironmentInPlace(String name, ConfigurableApplicationContext context) {
        this.name = name;
        this.context = context;
    }

    /**
     * Tells which environments an application can be started on in place of its own.
     *
     * @param environment the application's properties
     * @return the names of the configured environments, without that which the own one bears by {@code
     *     monarch.environment}
     */
    public static Set<String> replaceable(ConfigurableEnvironment environment) {
        MonarchProperties properties = bind(environment);
        Set<String> names = new LinkedHashSet<>(properties.environments().keySet());
        names.addAll(properties.profiles());
        if (properties.environment() != null) {
            names.remove(properties.environment());
        }
        return names;
    }

    /**
     * Tells which environments there may be, as far as that can be said without a bean.
     *
     * @param environment the application's properties
     * @return the names, the own environment's among them
     */
    public static Set<String> known(ConfigurableEnvironment environment) {
        Set<String> names = replaceable(environment);
        String own = bind(environment).environment();
        names.add(own != null ? own : OwnEnvironment.DEFAULT_NAME);
        return names;
    }

    /**
     * Returns where the environment lives.
     *
     * @return its address
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not usable
     */
    public EnvironmentAddress address() {
        return connection().address();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof MongoConnectionDetails) {
            return connection().details();
        }
        if (bean instanceof MongoProperties properties) {
            // Spring Boot prefers this name to that of the connection: it would be the application's own.
            properties.setDatabase(address().database());
        }
        return bean;
    }

    private ConfiguredConnection connection() {
        ConfiguredConnection known = connection;
        if (known == null) {
            known = read();
            connection = known;
        }
        return known;
    }

    private ConfiguredConnection read() {
        ConfigurableEnvironment environment = context.getEnvironment();
        SslBundles sslBundles = context.getBeanProvider(SslBundles.class).getIfAvailable();
        return new ConfiguredEnvironments(
                        bind(environment),
                        new ProfileConnections(new ProfileConfigData(environment, context), sslBundles),
                        sslBundles)
                .connection(name);
    }

    private static MonarchProperties bind(ConfigurableEnvironment environment) {
        return Binder.get(environment).bindOrCreate("monarch", MonarchProperties.class);
    }
}
