package dev.monarch.spring.boot.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;

/**
 * Evaluates each {@link RuntimeCondition} when an application starts that was built with ahead-of-time processing, and removes
 * the beans whose conditions do not match. If Monarch is not enabled, it removes all beans of Monarch.
 *
 * <p>Called by code that is generated at build time. Not for applications.
 */
public final class RuntimeConditions implements BeanDefinitionRegistryPostProcessor {

    static final String ENABLED = "monarch.enabled";

    private final Environment environment;

    private final List<String> beans;

    private RuntimeConditions(Environment environment, List<String> beans) {
        this.environment = environment;
        this.beans = beans;
    }

    /**
     * Lets the conditions be evaluated when the bean factory is complete and before it creates a bean.
     *
     * @param factory the bean factory
     * @param environment the properties of the application
     * @param beans the names of the beans that Monarch's auto-configurations define
     */
    public static void register(ConfigurableListableBeanFactory factory, Environment environment, String... beans) {
        factory.registerSingleton(
                "monarchRuntimeConditions", new RuntimeConditions(environment, List.copyOf(Arrays.asList(beans))));
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        boolean enabled = environment.getProperty(ENABLED, Boolean.class, true);
        for (String name : beans) {
            if (registry.containsBeanDefinition(name)
                    && !(enabled && elements(registry.getBeanDefinition(name)).allMatch(this::matches))) {
                registry.removeBeanDefinition(name);
            }
        }
    }

    /** Returns what has the conditions of a bean: its factory method and the class of that, or its own class. */
    private static Stream<AnnotatedElement> elements(BeanDefinition definition) {
        if (!(definition instanceof RootBeanDefinition bean)) {
            return Stream.empty();
        }
        Method method = bean.getResolvedFactoryMethod();
        return method == null ? Stream.of(bean.getBeanClass()) : Stream.of(method, method.getDeclaringClass());
    }

    private boolean matches(AnnotatedElement element) {
        return MergedAnnotations.from(element).stream(Conditional.class)
                .flatMap(conditional -> Stream.of(conditional.getClassArray("value")))
                .filter(RuntimeCondition.class::isAssignableFrom)
                .map(type -> (RuntimeCondition) BeanUtils.instantiateClass(type))
                .allMatch(condition -> condition
                        .outcome(environment, () -> MergedAnnotations.from(element))
                        .isMatch());
    }
}
