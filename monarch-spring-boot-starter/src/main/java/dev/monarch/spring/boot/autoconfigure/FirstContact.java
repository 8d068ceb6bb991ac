package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.server.ServerCommand;
import dev.monarch.environment.EnvironmentAddress;
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

    private static final BsonDocument PING = new BsonDocument("ping", new BsonInt32(1));

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
        EnvironmentAddress address = environment.address();
        String place = String.join(",", address.hosts()) + "/" + address.database();
        Duration pause = shorter(firstPause, longestPause);
        for (int retry = 1; !answers(environment, place, retry > retries); retry++) {
            log.warn(
                    "Cannot reach environment '{}' ({}): no server answered. Next try in {} ms ({} of {})",
                    environment.name(),
                    place,
                    pause.toMillis(),
                    retry,
                    retries);
            sleep(pause, environment);
            pause = shorter(pause.multipliedBy(2), longestPause);
        }
    }

    private boolean answers(MonarchEnvironment environment, String place, boolean last) {
        try {
            ping(environment.ownDatabase());
            return true;
        } catch (MongoException e) {
            TransferFailedException failure = failure(environment.name(), place, e);
            if (last || !Advice.isUnanswered(failure)) {
                throw failure;
            }
            return false;
        }
    }

    private void ping(MongoDatabase database) {
        if (timeout == null) {
            ServerCommand.run(database, PING);
            return;
        }
        long end = System.nanoTime() + timeout.toNanos();
        long left = timeout.toMillis();
        while (true) {
            try {
                ServerCommand.run(database.withTimeout(Math.max(1, left), TimeUnit.MILLISECONDS), PING);
                return;
            } catch (MongoTimeoutException | MongoSocketException e) {
                // The driver looks for a server for a shorter time if the connection string says so.
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw e;
                }
            }
        }
    }

    private static TransferFailedException failure(String environment, String place, MongoException thrown) {
        MonarchException translated = OperationFailure.of(OPERATION, environment, thrown);
        if (!(translated instanceof TransferFailedException failed)) {
            throw translated;
        }
        return new TransferFailedException(OPERATION, environment, place, failed.problem(), thrown);
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
