package dev.monarch.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;

import dev.monarch.InvalidEnvironmentException;

/** Finds placeholders that Spring Boot could not resolve and left in the text. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]*)[^}]*}");

    private Placeholders() {}

    static void requireResolved(String environment, String prefix, MongoProperties properties) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("uri", properties.getUri());
        values.put("host", properties.getHost());
        values.put(
                "additional-hosts",
                properties.getAdditionalHosts() != null ? String.join(",", properties.getAdditionalHosts()) : null);
        values.put("replica-set-name", properties.getReplicaSetName());
        values.put("database", properties.getDatabase());
        values.put("username", properties.getUsername());
        values.put("password", properties.getPassword() != null ? new String(properties.getPassword()) : null);
        values.put("authentication-database", properties.getAuthenticationDatabase());
        values.put("ssl.bundle", properties.getSsl().getBundle());
        values.forEach((name, value) -> requireResolved(environment, prefix + "." + name, value));
    }

    static void requireResolved(String environment, String property, @Nullable String value) {
        Matcher matcher = PLACEHOLDER.matcher(value != null ? value : "");
        if (matcher.find()) {
            throw new InvalidEnvironmentException(
                    environment,
                    property,
                    "placeholder not resolved: set '" + matcher.group(1) + "', for example as an environment variable");
        }
    }
}
