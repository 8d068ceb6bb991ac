package dev.monarch.spring.boot.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bson.Document;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * The existing properties.
 *
 * @param types the types that Monarch's properties are bound to
 * @param others the types of all others by name, from the metadata of libraries
 */
record Properties(List<Class<?>> types, Map<String, String> others) {

    static Properties onTheClassPath() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<Class<?>> types = new ArrayList<>();
        scanner.findCandidateComponents("dev.monarch")
                .forEach(found -> types.add(ClassUtils.resolveClassName(
                        String.valueOf(found.getBeanClassName()), Properties.class.getClassLoader())));
        return new Properties(types, metadata());
    }

    private static Map<String, String> metadata() {
        Map<String, String> types = new HashMap<>();
        try {
            for (URL url : Collections.list(
                    Properties.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream stream = url.openStream()) {
                    Document.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                            .getList("properties", Document.class, List.of())
                            .forEach(property ->
                                    types.put(property.getString("name"), String.valueOf(property.getString("type"))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }

    /** Tells whether a property exists. Below a map, every name exists. */
    boolean has(String name) {
        return typeOf(name).isPresent()
                || others.keySet().stream()
                        .anyMatch(other -> name.equals(other)
                                || name.startsWith(other + ".")
                                        && others.get(other).startsWith("java.util.Map"));
    }

    /** Returns the type that a property of Monarch is bound to. Of several, returns the one with the longest prefix. */
    Optional<Class<?>> typeOf(String name) {
        return types.stream()
                .filter(type -> name.startsWith(prefix(type) + "."))
                .max(Comparator.comparingInt(type -> prefix(type).length()));
    }

    static String prefix(Class<?> type) {
        return String.valueOf(AnnotatedElementUtils.findMergedAnnotation(type, ConfigurationProperties.class)
                .prefix());
    }
}
