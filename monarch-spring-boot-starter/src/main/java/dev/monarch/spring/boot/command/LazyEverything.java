package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Makes lazy what Spring Boot's lazy initialisation leaves out, such as repositories, and beans with a scheduled method:
 * one of them would open a connection for a verb that needs none. What says {@code @Lazy(false)} stays eager.
 */
final class LazyEverything implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(name);
            if (definition.getRole() != BeanDefinition.ROLE_INFRASTRUCTURE && !isEagerOnPurpose(definition)) {
                definition.setLazyInit(true);
            }
        }
    }

    /** Where nothing is said of it, an annotated definition has no value; others have a false that nobody has chosen. */
    private static boolean isEagerOnPurpose(BeanDefinition definition) {
        return definition instanceof AnnotatedBeanDefinition
                && definition instanceof AbstractBeanDefinition chosen
                && Boolean.FALSE.equals(chosen.getLazyInit());
    }
}
