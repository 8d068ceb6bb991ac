package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Runs the verb where a context would start everything that has a lifecycle.
 *
 * <p>It stands in the place of the context's own processor, so there is no phase before it: no web server, listener or
 * scheduler is started, not even created. The context publishes no event before it either; runners come later still.
 */
final class VerbLifecycle implements LifecycleProcessor {

    private final Runnable verb;

    VerbLifecycle(Runnable verb) {
        this.verb = verb;
    }

    static void replaceIn(ConfigurableListableBeanFactory beans, VerbLifecycle lifecycle) {
        String name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;
        if (beans.containsBeanDefinition(name) && beans instanceof BeanDefinitionRegistry definitions) {
            definitions.removeBeanDefinition(name);
        }
        beans.registerSingleton(name, lifecycle);
    }

    @Override
    public void onRefresh() {
        verb.run();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
        return false;
    }
}
