package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.MongoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.environment.Privileges;
import dev.monarch.engine.server.TransientFailure;

/**
 * Decides whether to retry a write, and whether it bypasses validators, which not every role allows
 * (docs/architecture.md#privileges). Thread-safe.
 */
final class WriteAttempts {

    private static final Logger log = LoggerFactory.getLogger(WriteAttempts.class);

    private static final String NEEDED = "the role dbAdmin grants it";

    private static final int ATTEMPTS = 6;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final AtomicBoolean bypass = new AtomicBoolean(true);

    /** Tells whether to bypass validators. */
    boolean bypass() {
        return bypass.get();
    }

    /**
     * Prepares another attempt of a write.
     *
     * @param attempt the number of attempts so far
     * @throws MongoException the failure, if there must be no other attempt
     */
    void prepareNext(MongoException failure, int attempt) {
        if (failure.getCode() == Privileges.UNAUTHORIZED && attempt < ATTEMPTS) {
            // Several writes may be refused at the same time; the first one has logged it.
            stopBypassing();
            return;
        }
        pauseBeforeNext(failure, attempt);
    }

    /**
     * Waits briefly before another attempt.
     *
     * @param attempt the number of attempts so far
     * @throws MongoException the failure, if there must be no other attempt, for example after an interrupt
     */
    static void pauseBeforeNext(MongoException failure, int attempt) {
        if (!TransientFailure.is(failure) || attempt == ATTEMPTS) {
            throw failure;
        }
        log.debug("Trying again", failure);
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    private void stopBypassing() {
        if (bypass.getAndSet(false)) {
            log.warn(
                    "The user lacks the privilege bypassDocumentValidation: the server will refuse documents that violate a validator ({})",
                    NEEDED);
        }
    }

    /** {@return a hint to append to failure messages} */
    String advice() {
        return bypass.get() ? "" : " (the user lacks the privilege bypassDocumentValidation: " + NEEDED + ")";
    }
}
