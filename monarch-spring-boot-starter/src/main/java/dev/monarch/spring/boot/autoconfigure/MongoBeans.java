package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.mongodb.autoconfigure.PropertiesMongoConnectionDetails;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.engine.migration.MongoBeanTypes;

/** The beans through which an application reaches MongoDB, including those of its ancestors. */
public final class MongoBeans {

    private final ConfigurableListableBeanFactory beans;

    /**
     * Creates an instance for a bean factory. It creates no bean yet.
     *
     * @param beans the bean factory
     */
    public MongoBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Returns all of these beans, and creates those that do not exist yet.
     *
     * @return the beans, clients first
     */
    public List<MongoBean> all() {
        return names().stream().map(this::bean).toList();
    }

    /** {@return whether one of them uses the synchronous driver} */
    boolean areSynchronous() {
        return Stream.of(MongoClient.class, MongoDatabaseFactory.class, MongoOperations.class)
                .anyMatch(type -> !namesOf(type).isEmpty());
    }

    /** {@return the beans that exist already} */
    List<MongoBean> created() {
        return names().stream().filter(this::isCreated).map(this::bean).toList();
    }

    List<MongoBean> ofType(Class<?> type) {
        return namesOf(type).stream().map(this::bean).toList();
    }

    /** Returns the bean that Spring would inject: the only one, or the primary one. */
    <T> Optional<MongoBean> only(Class<T> type) {
        T only = beans.getBeanProvider(type).getIfUnique();
        return ofType(type).stream().filter(bean -> bean.instance() == only).findFirst();
    }

    /**
     * Tells whether Spring Boot connects to its default, {@code localhost/test}, because no address is configured.
     */
    boolean areOfADefaultConnection() {
        MongoConnectionDetails details =
                beans.getBeanProvider(MongoConnectionDetails.class).getIfUnique();
        MongoProperties properties =
                beans.getBeanProvider(MongoProperties.class).getIfUnique(MongoProperties::new);
        return (details == null || details instanceof PropertiesMongoConnectionDetails)
                && properties.getUri() == null
                && properties.getHost() == null
                && properties.getDatabase() == null;
    }

    private boolean isCreated(String name) {
        return definedIn(name).map(at -> at.containsSingleton(name)).orElse(false);
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        MongoBeanTypes.all().forEach(type -> names.addAll(namesOf(type)));
        return names;
    }

    private List<String> namesOf(Class<?> type) {
        return Arrays.asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false));
    }

    private MongoBean bean(String name) {
        Object instance = instance(name);
        if (instance == null) {
            return new MongoBean(name, name, isOfSpringBoot(name), MongoPlace.unknown("it cannot be created now"));
        }
        MongoPlace place = MongoBeanPlaces.of(instance);
        boolean hidden = place.problem() == null && place.hosts() == null && !isMadeOfMongoBeans(name);
        return new MongoBean(
                name,
                instance,
                isOfSpringBoot(name),
                hidden ? place.withProblem("it does not tell which server it is connected to") : place);
    }

    private @Nullable Object instance(String name) {
        try {
            return beans.getBean(name);
        } catch (BeansException e) {
            // For example a bean of another scope, which does not exist outside a request.
            return null;
        }
    }

    /** A bean that is made of other Mongo beans uses their database, and those are checked separately. */
    private boolean isMadeOfMongoBeans(String name) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(name));
        while (!next.isEmpty()) {
            for (String dependency : beans.getDependenciesForBean(next.remove())) {
                if (seen.add(dependency)) {
                    Class<?> type = beans.containsBean(dependency) ? beans.getType(dependency) : null;
                    if (type != null && MongoBeanTypes.include(type)) {
                        return true;
                    }
                    next.add(dependency);
                }
            }
        }
        return false;
    }

    private boolean isOfSpringBoot(String name) {
        return definedIn(name)
                .filter(at -> at.containsBeanDefinition(name))
                .map(at -> String.valueOf(at.getBeanDefinition(name).getFactoryBeanName()))
                .filter(maker -> maker.startsWith("org.springframework.boot."))
                .isPresent();
    }

    private Optional<ConfigurableListableBeanFactory> definedIn(String name) {
        ConfigurableListableBeanFactory at = beans;
        while (!at.containsLocalBean(name)) {
            if (!(at.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent)) {
                return Optional.empty();
            }
            at = parent;
        }
        return Optional.of(at);
    }
}
