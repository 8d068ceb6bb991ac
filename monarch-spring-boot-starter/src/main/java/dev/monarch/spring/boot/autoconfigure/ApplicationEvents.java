package dev.monarch.spring.boot.autoconfigure;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;

/**
 * Publishes every step that a listener receives as an event of the application, after the listeners.
 *
 * @param publisher publishes the events
 */
@Order(Ordered.LOWEST_PRECEDENCE)
record ApplicationEvents(ApplicationEventPublisher publisher) implements OperationListener, MigrationListener {

    @Override
    public void onEvent(OperationEvent event) {
        publisher.publishEvent(event);
    }

    @Override
    public void onEvent(MigrationEvent event) {
        publisher.publishEvent(event);
    }
}
