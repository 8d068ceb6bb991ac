package dev.monarch.engine.migration;

import java.time.Duration;
import java.util.Optional;

import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.server.ServerParameter;

/**
 * Reads the server's limit for the lifetime of a transaction, and detects attempts that exceeded it. For use by one
 * thread.
 */
final class TransactionLifetime {

    private static final String PARAMETER = "transactionLifetimeLimitSeconds";

    /** MongoDB manual, "transactionLifetimeLimitSeconds". A user with readWrite may not read the parameter. */
    private static final Duration DEFAULT = Duration.ofSeconds(60);

    private final MongoDatabase admin;

    private @Nullable Long began;

    TransactionLifetime(MongoDatabase admin) {
        this.admin = admin;
    }

    /**
     * Begins an attempt.
     *
     * @return the server's limit, if the server ended the previous attempt because of it
     */
    Optional<Duration> begin() {
        long now = System.nanoTime();
        Long before = began;
        began = now;
        if (before == null) {
            return Optional.empty();
        }
        Duration limit = ServerParameter.seconds(admin, PARAMETER, DEFAULT);
        return now - before >= limit.toNanos() ? Optional.of(limit) : Optional.empty();
    }
}
