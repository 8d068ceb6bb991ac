package dev.monarch.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Manifest;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Leaves out Spring Boot's synchronous MongoDB beans if an application has its reactive ones only.
 *
 * <p>Monarch needs the synchronous driver, and Spring Boot defines a client, a template and a health contributor for an
 * application that has it. The starters on the class path show what the application asked for: the manifest of a starter
 * names its module.
 */
final class ReactiveOnly implements AutoConfigurationImportFilter, EnvironmentAware, BeanClassLoaderAware {

    private static final Logger log = LoggerFactory.getLogger(ReactiveOnly.class);

    static final String PROPERTY = "monarch.reactive-only";

    private static final Set<String> LEFT_OUT = Set.of(
            "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoRepositoriesAutoConfiguration");

    private static final Set<String> REACTIVE_STARTERS =
            Set.of("spring.boot.starter.mongodb.reactive", "spring.boot.starter.data.mongodb.reactive");

    private static final Set<String> OTHER_STARTERS =
            Set.of("spring.boot.starter.mongodb", "spring.boot.starter.data.mongodb");

    private volatile @Nullable Environment environment;

    private volatile @Nullable ClassLoader loader;

    private volatile @Nullable Boolean reactiveOnly;

    /** Created by Spring Boot. */
    ReactiveOnly() {}

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        this.loader = classLoader;
    }

    /** Spring Boot asks hundreds of times during a start, mostly for one name. */
    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            String name = autoConfigurations[i];
            matches[i] = name == null || !LEFT_OUT.contains(name) || !isReactiveOnly();
        }
        return matches;
    }

    private boolean isReactiveOnly() {
        Boolean known = reactiveOnly;
        if (known == null) {
            known = findReactiveOnly();
            reactiveOnly = known;
        }
        return known;
    }

    /** Reads the class path, which takes long if the reactive driver is not in it or the property is not set. */
    private boolean findReactiveOnly() {
        ClassLoader classes = Objects.requireNonNullElseGet(loader, ClassUtils::getDefaultClassLoader);
        if (!ClassUtils.isPresent("com.mongodb.reactivestreams.client.MongoClient", classes)
                || !ClassUtils.isPresent("reactor.core.publisher.Flux", classes)) {
            return false;
        }
        Environment properties = environment;
        return properties == null
                ? hasReactiveStarterOnly(classes)
                : Binder.get(properties).bind(PROPERTY, Boolean.class).orElseGet(() -> hasReactiveStarterOnly(classes));
    }

    private static boolean hasReactiveStarterOnly(ClassLoader classes) {
        Set<String> modules = modules(classes);
        return !Collections.disjoint(modules, REACTIVE_STARTERS) && Collections.disjoint(modules, OTHER_STARTERS);
    }

    private static Set<String> modules(ClassLoader classes) {
        Set<String> modules = new HashSet<>();
        try {
            for (URL manifest : Collections.list(classes.getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = manifest.openStream()) {
                    String module = new Manifest(in).getMainAttributes().getValue("Automatic-Module-Name");
                    if (module != null) {
                        modules.add(module);
                    }
                }
            }
        } catch (IOException e) {
            log.debug("The application's starters are unknown. Only {} says whether it is reactive", PROPERTY, e);
        }
        return modules;
    }
}
