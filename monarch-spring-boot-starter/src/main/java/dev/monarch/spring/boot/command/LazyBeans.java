package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Makes beans lazy that Spring Boot's lazy initialization excludes, such as repositories and beans with a scheduled
 * method. Otherwise one of them could open a connection that the verb does not need. Beans with {@code @Lazy(false)} stay eager.
 */
final class LazyBeans implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(name);
            if (definition.getRole() != BeanDefinition.ROLE_INFRASTRUCTURE && !isEagerOnPurpose(definition)) {
                definition.setLazyInit(true);
            }
        }
    }

    /** Without a setting, an annotated definition has no value; others have the default false. */
    private static boolean isEagerOnPurpose(BeanDefinition definition) {
        return definition instanceof AnnotatedBeanDefinition
                && definition instanceof AbstractBeanDefinition chosen
                && Boolean.FALSE.equals(chosen.getLazyInit());
    }
}
