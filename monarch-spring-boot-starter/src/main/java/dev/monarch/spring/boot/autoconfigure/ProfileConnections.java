package dev.monarch.spring.boot.autoconfigure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.PropertySource;

import dev.monarch.InvalidEnvironmentException;

/**
 * The connections of profiles: what {@code spring.mongodb.*} would be if the application ran with a profile.
 *
 * <p>The values come only from config data, but placeholders in them are resolved from all sources. The profile
 * itself must set the address. It never gets an address that all profiles share.
 */
final class ProfileConnections {

    private static final String PREFIX = "spring.mongodb";

    private static final Set<String> PLACE =
            Set.of("uri", "host", "port", "additional-hosts", "database", "replica-set-name");

    private static final Set<String> REPLACED_BY_URI = Set.of(
            "host", "port", "additional-hosts", "username", "password", "authentication-database", "replica-set-name");

    private static final Set<String> CONNECTION = union(PLACE, REPLACED_BY_URI);

    private final ProfileConfigData configData;

    private final @Nullable SslBundles sslBundles;

    ProfileConnections(ProfileConfigData configData, @Nullable SslBundles sslBundles) {
        this.configData = configData;
        this.sslBundles = sslBundles;
    }

    ConfiguredConnection connectionOf(String environment, String profile) {
        ProfileConfigData.Loaded loaded = configData.load(environment, profile);
        Set<String> own = own(loaded.ownSources());
        if (own.stream().noneMatch(PLACE::contains)) {
            throw new InvalidEnvironmentException(
                    environment,
                    "profile '" + profile + "'",
                    "it has no " + PREFIX + ".uri, host or database (in application-" + profile
                            + ".yml, or in a document with spring.config.activate.on-profile). It does not get those of"
                            + " the other profiles");
        }
        MongoProperties properties = bind(environment, profile, loaded);
        if (properties.getUri() != null && !own.contains("uri") && own.stream().anyMatch(REPLACED_BY_URI::contains)) {
            throw new InvalidEnvironmentException(
                    environment,
                    "profile '" + profile + "'",
                    "the " + PREFIX + ".uri that all profiles share would override what it sets: set " + PREFIX
                            + ".uri in the profile");
        }
        return ConfiguredConnection.of(environment, "profile '" + profile + "': " + PREFIX, properties, sslBundles);
    }

    /** Returns the connection properties that these sources set, in any spelling. */
    private static Set<String> own(List<PropertySource<?>> sources) {
        Set<String> own = new HashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(sources)) {
            for (String property : CONNECTION) {
                ConfigurationPropertyName name = ConfigurationPropertyName.of(PREFIX + "." + property);
                if (source.getConfigurationProperty(name) != null
                        || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
                    own.add(property);
                }
            }
        }
        return own;
    }

    private static MongoProperties bind(String environment, String profile, ProfileConfigData.Loaded loaded) {
        try {
            return new Binder(
                            ConfigurationPropertySources.from(loaded.configData()),
                            new PropertySourcesPlaceholdersResolver(loaded.everything()))
                    .bind(PREFIX, MongoProperties.class)
                    .orElseGet(MongoProperties::new);
        } catch (BindException e) {
            String property = "profile '" + profile + "': " + e.getName();
            if (e.getProperty() != null) {
                Placeholders.requireResolved(
                        environment, property, String.valueOf(e.getProperty().getValue()));
            }
            // Without the cause: it quotes the value.
            throw new InvalidEnvironmentException(environment, property, "its value is not of the right type");
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
