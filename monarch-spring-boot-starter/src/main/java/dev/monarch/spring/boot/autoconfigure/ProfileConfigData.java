package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ResourceLoader;

import dev.monarch.InvalidEnvironmentException;

/**
 * Spring Boot's own config data as it would be with another profile active.
 *
 * <p>It is loaded into a fresh environment through Boot's public API: the running application's environment is not
 * touched, and no bean of the profile is created.
 */
final class ProfileConfigData {

    private final ConfigurableEnvironment running;

    private final ResourceLoader resourceLoader;

    ProfileConfigData(ConfigurableEnvironment running, ResourceLoader resourceLoader) {
        this.running = running;
        this.resourceLoader = resourceLoader;
    }

    /**
     * What was loaded for a profile.
     *
     * @param configData the property sources that are config data, highest precedence first
     * @param ownSources those of them that would not be there without the profile
     * @param everything all property sources, those of the process included
     */
    record Loaded(
            List<PropertySource<?>> configData, List<PropertySource<?>> ownSources, MutablePropertySources everything) {}

    Loaded load(String environment, String profile) {
        try {
            Set<String> shared = names(configDataOf(loadWith("")));
            MutablePropertySources everything = loadWith(profile);
            List<PropertySource<?>> configData = configDataOf(everything);
            List<PropertySource<?>> own = configData.stream()
                    .filter(source -> !shared.contains(source.getName()))
                    .toList();
            return new Loaded(configData, own, everything);
        } catch (ConfigDataException e) {
            throw new InvalidEnvironmentException(
                    environment, "profile '" + profile + "'", "its config data cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** Loads as {@code --spring.profiles.active=profile} would, whatever the process has set. */
    private MutablePropertySources loadWith(String profile) {
        StandardEnvironment fresh = new StandardEnvironment();
        MutablePropertySources sources = fresh.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        running.getPropertySources().forEach(source -> {
            if (!isConfigData(source)) {
                sources.addLast(source);
            }
        });
        sources.addFirst(new MapPropertySource("monarchProfile", Map.of("spring.profiles.active", profile)));
        ConfigDataEnvironmentPostProcessor.applyTo(fresh, resourceLoader, null);
        return sources;
    }

    private List<PropertySource<?>> configDataOf(MutablePropertySources sources) {
        Set<String> ofTheProcess = new HashSet<>(names(running.getPropertySources().stream()
                .filter(source -> !isConfigData(source))
                .toList()));
        ofTheProcess.add("monarchProfile");
        List<PropertySource<?>> configData = new ArrayList<>();
        for (PropertySource<?> source : sources) {
            if (!ofTheProcess.contains(source.getName())) {
                configData.add(source);
            }
        }
        return configData;
    }

    /** Config data of the running profiles is of no concern here; "configurationProperties" is a view of the others. */
    private static boolean isConfigData(PropertySource<?> source) {
        return source instanceof OriginTrackedMapPropertySource || source.getName().equals("configurationProperties");
    }

    private static Set<String> names(List<PropertySource<?>> sources) {
        Set<String> names = new HashSet<>();
        sources.forEach(source -> names.add(source.getName()));
        return names;
    }
}
