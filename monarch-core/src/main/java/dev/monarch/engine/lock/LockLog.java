package dev.monarch.engine.lock;

import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.environment.LockEvent;

/** Logs what happens while the lock is being acquired. */
public final class LockLog {

    private static final Logger log = LoggerFactory.getLogger(LockLog.class);

    private LockLog() {}

    /**
     * Returns a listener that logs the events.
     *
     * @param environment the environment whose lock it is
     * @return the listener
     */
    public static Consumer<LockEvent> of(String environment) {
        return event -> log(environment, event);
    }

    private static void log(String environment, LockEvent event) {
        if (event instanceof LockEvent.Waiting waiting) {
            log.info(
                    "Environment '{}': waiting up to {} s for the lock, held by {}",
                    environment,
                    Math.round(waiting.atMost().toMillis() / 1_000.0),
                    waiting.holder());
        } else if (event instanceof LockEvent.TakenOver taken) {
            log.warn(
                    "Environment '{}': took over the lock of {}, whose lease expired",
                    environment,
                    taken.formerHolder());
        } else if (event instanceof LockEvent.AbandonedOperations ending) {
            log.warn(
                    "Environment '{}': ending the operations of {} session(s) of disconnected clients, and waiting until they have ended",
                    environment,
                    ending.sessions());
        }
    }
}
