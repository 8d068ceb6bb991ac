package dev.monarch.spring.boot.autoconfigure;

import java.util.Optional;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;

/**
 * The clients that Spring Boot's auto-configuration has made. Only for these are the settings known.
 *
 * <p>An application that defines a {@code MongoClient} bean still has a {@code MongoClientSettings} bean, but it does
 * not describe that client.
 */
final class SpringBootClients {

    private final BeanFactory beans;

    SpringBootClients(BeanFactory beans) {
        this.beans = beans;
    }

    /** Returns the settings of a client, or nothing if Spring Boot has not made it. */
    Optional<MongoClientSettings> settingsOf(MongoClient client) {
        for (BeanFactory level = beans; level != null; level = parentOf(level)) {
            if (level instanceof ConfigurableListableBeanFactory factory && hasMade(factory, client)) {
                return Optional.of(settings(factory));
            }
        }
        return Optional.empty();
    }

    /** Returns the settings with which Spring Boot makes a client, or nothing if there are none. */
    Optional<MongoClientSettings> settings() {
        return beans.getBeanProvider(MongoClientSettings.class).getIfUnique() == null
                ? Optional.empty()
                : Optional.of(settings(beans));
    }

    private static boolean hasMade(ConfigurableListableBeanFactory factory, MongoClient client) {
        for (String name : factory.getBeanNamesForType(MongoClient.class, true, false)) {
            if (factory.containsBeanDefinition(name)
                    && factory.getSingleton(name) == client
                    && isMadeBySpringBoot(factory.getMergedBeanDefinition(name))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMadeBySpringBoot(BeanDefinition definition) {
        return definition instanceof RootBeanDefinition made
                && made.getResolvedFactoryMethod() != null
                && made.getResolvedFactoryMethod().getDeclaringClass() == MongoAutoConfiguration.class;
    }

    /** Computes them as {@code MongoClientFactory} does. */
    private static MongoClientSettings settings(BeanFactory factory) {
        MongoClientSettings.Builder settings = MongoClientSettings.builder(factory.getBean(MongoClientSettings.class));
        factory.getBeanProvider(MongoClientSettingsBuilderCustomizer.class)
                .orderedStream()
                .filter(customizer -> !isForReactiveClients(customizer))
                .forEach(customizer -> customizer.customize(settings));
        return settings.build();
    }

    /** Spring Boot's own one opens threads of Netty each time, and closes only those of the last time. */
    private static boolean isForReactiveClients(MongoClientSettingsBuilderCustomizer customizer) {
        return customizer
                .getClass()
                .getName()
                .startsWith("org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration");
    }

    private static @Nullable BeanFactory parentOf(BeanFactory level) {
        return level instanceof HierarchicalBeanFactory child ? child.getParentBeanFactory() : null;
    }
}
