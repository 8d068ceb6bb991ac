package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Runs the verb at the moment when a context would start its lifecycle beans.
 *
 * <p>It replaces the context's own lifecycle processor, so no phase precedes it. No web server, listener or scheduler
 * is created or started. The context publishes no event before it, and runners would follow later.
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
