package dev.monarch.spring.boot.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;

/**
 * Calls every listener bean, even if one of them throws.
 *
 * <p>It looks for the beans at each event, so that a listener may itself use the services that it listens to.
 *
 * @param beans the listeners, in their order
 */
record OperationListeners(ObjectProvider<OperationListener> beans) implements OperationListener {

    private static final Logger log = LoggerFactory.getLogger(OperationListeners.class);

    @Override
    public void onEvent(OperationEvent event) {
        beans.orderedStream().forEach(listener -> call(listener, event));
    }

    private static void call(OperationListener listener, OperationEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            log.warn("An operation listener failed on {}; the operation continues", event, e);
        }
    }
}
