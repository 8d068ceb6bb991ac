package dev.monarch.spring.boot.command;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * The start of an application for a verb on stored backups, without most of Spring Boot's auto-configurations: no web,
 * no relational databases, no security, no repositories, no messaging, no Actuator.
 *
 * <p>The application's own classes and the auto-configurations of libraries stay, so its stores are found. What a store
 * may need also stays: SSL bundles, HTTP clients, JSON, validation, and tasks. A store that needs more cannot be created;
 * then the whole application starts.
 */
final class ReducedStart implements AutoConfigurationImportFilter, BeanFactoryAware {

    /** The singleton that marks the bean factory of such an application. */
    private static final String MARK = "monarchReducedStart";

    private static final String BOOT = "org.springframework.boot.";

    private static final String[] KEPT = Stream.of(
                    "autoconfigure.",
                    "gson.",
                    "http.client.",
                    "http.converter.",
                    "jackson.",
                    "jackson2.",
                    "jsonb.",
                    "mongodb.autoconfigure.Mongo",
                    "restclient.",
                    "validation.",
                    "webclient.")
            .map(BOOT::concat)
            .toArray(String[]::new);

    private volatile @Nullable BeanFactory beans;

    /** Created by Spring Boot. */
    ReducedStart() {}

    static void mark(ConfigurableListableBeanFactory beans) {
        beans.registerSingleton(MARK, true);
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.beans = beanFactory;
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        BeanFactory factory = beans;
        boolean reduced = factory != null && factory.containsBean(MARK);
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            String name = autoConfigurations[i];
            matches[i] = !reduced || name == null || !name.startsWith(BOOT) || isKept(name);
        }
        return matches;
    }

    private static boolean isKept(String autoConfiguration) {
        return Stream.of(KEPT).anyMatch(autoConfiguration::startsWith);
    }
}
