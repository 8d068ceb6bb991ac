package dev.monarch.spring.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Starts an application on one of its configured environments: its Mongo beans use the connection of that environment
 * instead of its own.
 *
 * <p>Every {@link MongoConnectionDetails} bean (of Spring Boot, a container or the user) is replaced when it is
 * created. So every client, factory, template and repository that is made from it belongs to the environment. A
 * client that is not made from it cannot be reached in this way; the caller must check for such clients.
 *
 * <p>The application's own environment is still available under its name.
 */
public final class EnvironmentInPlace {

    private final String name;

    private final String ownName;

    private final ConfigurableApplicationContext context;

    private volatile @Nullable ConfiguredConnection connection;

    private volatile @Nullable MongoConnectionDetails ownDetails;

    private volatile @Nullable String ownDatabase;

    /**
     * Chooses an environment. This reads only {@code monarch.environment} of the application's properties.
     *
     * @param name one of {@link #replaceable}
     * @param context the context that will be started, with its environment prepared
     */
    public EnvironmentInPlace(String name, ConfigurableApplicationContext context) {
        this.name = name;
        this.context = context;
        this.ownName = ownName(bind(context.getEnvironment()));
    }

    private static String ownName(MonarchProperties properties) {
        String given = properties.environment();
        return given != null ? given : OwnEnvironment.DEFAULT_NAME;
    }

    /**
     * Returns the environments on which an application can be started.
     *
     * @param environment the application's properties
     * @return the names of the configured environments, without the one that {@code monarch.environment} gives to the
     *     application's own
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
     * Returns the environments that are known without creating a bean.
     *
     * @param environment the application's properties
     * @return the names, that of the application's own environment first
     */
    public static Set<String> known(ConfigurableEnvironment environment) {
        Set<String> names = new LinkedHashSet<>(Set.of(ownName(bind(environment))));
        names.addAll(replaceable(environment));
        return names;
    }

    /**
     * Returns the address of the environment.
     *
     * @return its address
     * @throws dev.monarch.InvalidEnvironmentException if its connection is not usable
     */
    public EnvironmentAddress address() {
        return connection().address();
    }

    /**
     * Registers the replacement in a bean factory. Call it before any bean is created.
     *
     * @param beans the bean factory
     */
    public void installIn(ConfigurableListableBeanFactory beans) {
        // Not as a bean: Spring would register the processor twice, and warn of each bean that is created later.
        beans.addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String beanName) {
                return inPlaceOf(bean);
            }
        });
        beans.registerSingleton("monarchEnvironmentInPlace", this);
    }

    private Object inPlaceOf(Object bean) {
        if (bean instanceof MongoConnectionDetails own) {
            ownDetails = own;
            return connection().details();
        }
        if (bean instanceof MongoProperties properties) {
            ownDatabase = properties.getDatabase();
            // Spring Boot prefers this name to the one in the connection, and it would be the application's own.
            properties.setDatabase(address().database());
        }
        return bean;
    }

    /** Returns the application's own environment, as its beans would have made it. */
    MonarchEnvironment own(ConfiguredEnvironments configured) {
        return MonarchEnvironment.lazily(ownName, configured.protectionOf(ownName), this::ownConnection);
    }

    private ConfiguredConnection ownConnection() {
        // Creates these beans, so that they are replaced if they have not been yet.
        MongoProperties properties =
                context.getBeanProvider(MongoProperties.class).getIfAvailable(MongoProperties::new);
        context.getBeanProvider(MongoConnectionDetails.class).getIfAvailable();
        MongoConnectionDetails details = ownDetails;
        if (details == null) {
            throw new InvalidEnvironmentException(
                    ownName,
                    "spring.mongodb",
                    "the application does not use this connection: it runs on '" + name + "' now");
        }
        return ConfiguredConnection.of(ownName, details, ownDatabase, properties);
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
