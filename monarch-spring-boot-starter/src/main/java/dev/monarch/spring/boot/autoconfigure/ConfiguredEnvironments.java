package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.ssl.SslBundles;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;

/** The environments that {@code monarch.environments} and {@code monarch.profiles} name. */
final class ConfiguredEnvironments {

    private final Map<String, EnvironmentProperties> byName = new LinkedHashMap<>();

    private final ProfileConnections profiles;

    private final @Nullable SslBundles sslBundles;

    ConfiguredEnvironments(MonarchProperties properties, ProfileConnections profiles, @Nullable SslBundles sslBundles) {
        this.byName.putAll(properties.environments());
        properties.profiles().forEach(profile -> byName.putIfAbsent(profile, EnvironmentProperties.EMPTY));
        this.profiles = profiles;
        this.sslBundles = sslBundles;
    }

    List<MonarchEnvironment> environments() {
        List<MonarchEnvironment> environments = new ArrayList<>();
        byName.forEach((name, properties) -> environments.add(MonarchEnvironment.lazily(
                name, Protection.of(properties.protectedFlag()), () -> connection(name, properties))));
        return environments;
    }

    /** Returns the configured protection of an environment, even if the environment itself is not configured. */
    Protection protectionOf(String name) {
        return Protection.of(
                byName.getOrDefault(name, EnvironmentProperties.EMPTY).protectedFlag());
    }

    /** {@return the connection of a configured environment} */
    ConfiguredConnection connection(String name) {
        return connection(name, byName.getOrDefault(name, EnvironmentProperties.EMPTY));
    }

    private ConfiguredConnection connection(String name, EnvironmentProperties properties) {
        String prefix = "monarch.environments." + name;
        if (!properties.hasOwnConnection()) {
            refuse(
                    properties.hasCredentials() || properties.ssl() != null,
                    name,
                    prefix,
                    "credentials or ssl are set without a uri or host. Those of a profile must be set in the profile:"
                            + " add a uri or host, or remove them");
            String profile = properties.profile() != null ? properties.profile() : name;
            Placeholders.requireResolved(name, prefix + ".profile", profile);
            return profiles.connectionOf(name, profile);
        }
        refuse(
                properties.profile() != null,
                name,
                prefix + ".profile",
                "both a profile and a connection are set: remove one of them");
        refuse(
                properties.uri() != null && (properties.host() != null || properties.port() != null),
                name,
                prefix + ".uri",
                "both a uri and a host or port are set: remove one of them");
        refuse(
                properties.uri() != null && properties.hasCredentials(),
                name,
                prefix + ".uri",
                "both a uri and a username, password or authentication-database are set, which the uri overrides: put them"
                        + " into the uri, or use host and port instead of the uri");
        return ConfiguredConnection.of(name, prefix, asMongoProperties(name, prefix, properties), sslBundles);
    }

    private static void refuse(boolean wrong, String name, String property, String reason) {
        if (wrong) {
            throw new InvalidEnvironmentException(name, property, reason);
        }
    }

    private static MongoProperties asMongoProperties(String name, String prefix, EnvironmentProperties properties) {
        MongoProperties mongo = new MongoProperties();
        mongo.setUri(properties.uri());
        mongo.setHost(properties.host());
        mongo.setPort(port(name, prefix, properties.port()));
        mongo.setDatabase(properties.database());
        mongo.setUsername(properties.username());
        mongo.setPassword(properties.password() != null ? properties.password().toCharArray() : null);
        mongo.setAuthenticationDatabase(properties.authenticationDatabase());
        EnvironmentProperties.Ssl ssl = properties.ssl();
        if (ssl != null) {
            mongo.getSsl().setBundle(ssl.bundle());
            mongo.getSsl().setEnabled(ssl.enabled() != null ? ssl.enabled() : ssl.bundle() != null);
        }
        return mongo;
    }

    private static @Nullable Integer port(String name, String prefix, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Placeholders.requireResolved(name, prefix + ".port", text);
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidEnvironmentException(name, prefix + ".port", "it is not a number");
        }
    }
}
