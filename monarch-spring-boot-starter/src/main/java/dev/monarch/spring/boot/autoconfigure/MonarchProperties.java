package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The environments that Monarch works on.
 *
 * @param enabled Whether Monarch is active in this application.
 * @param environment Name of the application's own environment. When not set, the configured environment with the
 *     same address, else 'default'.
 * @param profiles Environments that use the connection of the Spring profile with the same name.
 * @param environments Environments by name.
 * @param reactiveOnly Whether Spring Boot's synchronous MongoDB beans are left out. When not set, they are if only Spring
 *     Boot's reactive starter for MongoDB is there.
 * @param dropEnabled Whether databases that are protected or not on this machine may be dropped.
 */
@ConfigurationProperties("monarch")
public record MonarchProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String environment,
        @DefaultValue List<String> profiles,
        @DefaultValue Map<String, EnvironmentProperties> environments,
        @Nullable Boolean reactiveOnly,
        @DefaultValue("false") boolean dropEnabled) {}
