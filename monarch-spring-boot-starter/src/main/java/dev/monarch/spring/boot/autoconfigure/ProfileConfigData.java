package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.config.ConfigDataEnvironmentUpdateListener;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ResourceLoader;

import dev.monarch.InvalidEnvironmentException;

/**
 * Loads Spring Boot's config data as it would be with another profile active.
 *
 * <p>It uses Spring Boot's public API and a new environment. The environment of the running application is not
 * changed, and no bean of the profile is created.
 */
final class ProfileConfigData {

    private static final Pattern CREDENTIALS = Pattern.compile("[^/\\s'\\[]+@");

    private final ConfigurableEnvironment running;

    private final ResourceLoader resourceLoader;

    ProfileConfigData(ConfigurableEnvironment running, ResourceLoader resourceLoader) {
        this.running = running;
        this.resourceLoader = resourceLoader;
    }

    /**
     * The config data of a profile.
     *
     * @param configData the property sources that are config data, highest precedence first
     * @param ownSources those that exist only because of the profile
     * @param everything all property sources, including those of the process
     */
    record Loaded(
            List<PropertySource<?>> configData,
            List<PropertySource<?>> ownSources,
            MutablePropertySources everything) {}

    Loaded load(String environment, String profile) {
        try {
            Set<String> shared = new HashSet<>();
            loadWith("").configData().forEach(source -> shared.add(source.getName()));
            Sources sources = loadWith(profile);
            List<PropertySource<?>> own = sources.configData().stream()
                    .filter(source -> !shared.contains(source.getName()))
                    .toList();
            return new Loaded(sources.configData(), own, sources.everything());
        } catch (RuntimeException e) {
            // Without the cause: it may quote a file, and so a password.
            throw new InvalidEnvironmentException(
                    environment, "profile '" + profile + "'", "its config data cannot be loaded: " + describe(e));
        }
    }

    /** Loads as {@code --spring.profiles.active=profile} would, whatever the process has set. */
    private Sources loadWith(String profile) {
        StandardEnvironment fresh = new StandardEnvironment();
        MutablePropertySources everything = fresh.getPropertySources();
        everything.forEach(source -> everything.remove(source.getName()));
        running.getPropertySources().forEach(source -> {
            if (!isConfigData(source)) {
                everything.addLast(source);
            }
        });
        everything.addFirst(new MapPropertySource("monarchProfile", Map.of("spring.profiles.active", profile)));
        List<PropertySource<?>> configData = new ArrayList<>();
        ConfigDataEnvironmentPostProcessor.applyTo(
                fresh, resourceLoader, null, List.of(), new ConfigDataEnvironmentUpdateListener() {

                    @Override
                    public void onPropertySourceAdded(
                            PropertySource<?> source,
                            @Nullable ConfigDataLocation location,
                            @Nullable ConfigDataResource resource) {
                        configData.add(source);
                    }
                });
        return new Sources(configData, everything);
    }

    private record Sources(List<PropertySource<?>> configData, MutablePropertySources everything) {}

    /**
     * Config data of the active profiles does not count; "configurationProperties" is a view of the other sources.
     */
    private static boolean isConfigData(PropertySource<?> source) {
        return source instanceof OriginTrackedMapPropertySource
                || source instanceof ConfigTreePropertySource
                || source.getName().equals("configurationProperties");
    }

    /** Spring Boot's own exceptions contain locations and property names. Others may quote any value. */
    private static String describe(RuntimeException e) {
        return e instanceof ConfigDataException
                ? CREDENTIALS.matcher(String.valueOf(e.getMessage())).replaceAll("")
                : e.getClass().getSimpleName();
    }
}
