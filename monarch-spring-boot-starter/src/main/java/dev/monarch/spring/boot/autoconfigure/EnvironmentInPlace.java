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
 * Starts an application on one of its configured environments: what its Mongo beans are made of is that environment's, in
 * place of its own.
 *
 * <p>Whatever {@link MongoConnectionDetails} bean there is, Spring Boot's, a container's or the user's, is replaced as it is
 * created; so every client, factory, template and repository that is made from it belongs to the environment. One that is
 * not made from it cannot be reached this way, and is for the caller to find.
 *
 * <p>The application's own environment does not go away: it is then one of the others, under its name.
 */
public final class EnvironmentInPlace {

    private final String name;

    private final String ownName;

    private final ConfigurableApplicationContext context;

    private volatile @Nullable ConfiguredConnection connection;

    private volatile @Nullable MongoConnectionDetails ownDetails;

    private volatile @Nullable String ownDatabase;

    /**
     * Chooses an environment; of the application's properties only {@code monarch.environment} is read yet.
     *
     * @param name one of {@link #replaceable}
     * @param context the context that is to be started, whose environment is prepared
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
        names.add(ownName(bind(environment)));
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

    /**
     * Has every bean of a factory pass by here, to be called before any is created.
     *
     * @param beans the bean factory
     */
    public void installIn(ConfigurableListableBeanFactory beans) {
        // Not a processor and a bean at once: Spring would count it twice, and warn of each bean that is created later.
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
            // Spring Boot prefers this name to that of the connection: it would be the application's own.
            properties.setDatabase(address().database());
        }
        return bean;
    }

    /** Returns the application's own environment, as its beans would have made it. */
    MonarchEnvironment own(ConfiguredEnvironments configured) {
        return MonarchEnvironment.lazily(ownName, configured.protectionOf(ownName), this::ownConnection);
    }

    private ConfiguredConnection ownConnection() {
        // Asked for, so that they pass by here if they have not yet.
        MongoProperties properties =
                context.getBeanProvider(MongoProperties.class).getIfAvailable(MongoProperties::new);
        context.getBeanProvider(MongoConnectionDetails.class).getIfAvailable();
        MongoConnectionDetails details = ownDetails;
        if (details == null) {
            throw new InvalidEnvironmentException(
                    ownName,
                    "spring.mongodb",
                    "the application is not connected by it, and runs on '" + name + "' now");
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
