package dev.monarch.engine.migration;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;

/** Calls every listener, even if one of them throws. */
record Listeners(List<MigrationListener> listeners) implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    @Override
    public void onEvent(MigrationEvent event) {
        for (MigrationListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                log.warn("A migration listener failed on {}; the run continues", event, e);
            }
        }
    }
}
