package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.OperationInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.environment.ServerContact;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.advice.Advice;
import dev.monarch.spring.boot.operation.InterruptibleOperations;

/**
 * Waits, when the application starts, until the server of an environment answers.
 *
 * <p>The pauses between tries are those of Flyway's {@code connectRetries}: 1 s, then twice as long each time, up to a
 * limit.
 */
final class FirstContact {

    private static final Logger log = LoggerFactory.getLogger(FirstContact.class);

    private static final String OPERATION = "reach";

    private final @Nullable Duration timeout;

    private final int retries;

    private final Duration longestPause;

    private final Duration firstPause;

    private final InterruptibleOperations operations;

    /** Names of environments. A server that has answered is not asked again. */
    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    FirstContact(
            @Nullable Duration timeout,
            int retries,
            Duration firstPause,
            Duration longestPause,
            InterruptibleOperations operations) {
        this.timeout = timeout;
        this.retries = retries;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.operations = operations;
    }

    static FirstContact of(MigrationProperties properties, InterruptibleOperations operations) {
        return new FirstContact(
                properties.connectTimeout(),
                properties.connectRetries(),
                Duration.ofSeconds(1),
                properties.connectRetriesInterval(),
                operations);
    }

    /**
     * Waits for the server of an environment.
     *
     * @throws TransferFailedException if it does not answer, or refuses the connection
     * @throws OperationInterruptedException if the thread is interrupted, or if the application is stopping
     */
    void await(MonarchEnvironment environment) {
        if (reached.contains(environment.name())) {
            return;
        }
        String description = "the wait for the server of '" + environment.name() + "'";
        if (!operations.run(description, () -> tryUntilAnswered(environment))) {
            throw new OperationInterruptedException(OPERATION, environment.name(), null);
        }
        reached.add(environment.name());
    }

    private void tryUntilAnswered(MonarchEnvironment environment) {
        ServerContact server = ServerContact.ofStart(environment);
        Duration pause = shorter(firstPause, longestPause);
        for (int retry = 1; !answers(server, retry > retries); retry++) {
            log.warn(
                    "Cannot reach environment '{}' ({}): no server answered. Next try in {} ms ({} of {})",
                    environment.name(),
                    server.place(),
                    pause.toMillis(),
                    retry,
                    retries);
            sleep(pause, environment);
            pause = shorter(pause.multipliedBy(2), longestPause);
        }
    }

    private boolean answers(ServerContact server, boolean last) {
        try {
            ping(server);
            return true;
        } catch (TransferFailedException e) {
            if (last || !Advice.isUnanswered(e)) {
                throw e;
            }
            return false;
        }
    }

    private void ping(ServerContact server) {
        if (timeout == null) {
            server.ping();
            return;
        }
        long end = System.nanoTime() + timeout.toNanos();
        Duration left = timeout;
        while (true) {
            try {
                server.ping(left);
                return;
            } catch (TransferFailedException e) {
                // The driver looks for a server for a shorter time if the connection string says so.
                left = Duration.ofNanos(end - System.nanoTime());
                if (left.isNegative() || left.isZero() || !Advice.isUnanswered(e)) {
                    throw e;
                }
            }
        }
    }

    private static void sleep(Duration pause, MonarchEnvironment environment) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(OPERATION, environment.name(), e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
