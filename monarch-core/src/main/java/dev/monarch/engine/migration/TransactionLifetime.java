package dev.monarch.engine.migration;

import java.time.Duration;
import java.util.Optional;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server's limit for the lifetime of a transaction, and detects attempts that exceeded it. For use by one
 * thread.
 */
final class TransactionLifetime {

    private static final String PARAMETER = "transactionLifetimeLimitSeconds";

    /** MongoDB manual, "transactionLifetimeLimitSeconds". */
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
        Duration limit = limit();
        return now - before >= limit.toNanos() ? Optional.of(limit) : Optional.empty();
    }

    private Duration limit() {
        try {
            return Duration.ofSeconds(admin.runCommand(
                            new BsonDocument("getParameter", new BsonInt32(1)).append(PARAMETER, new BsonInt32(1)),
                            BsonDocument.class)
                    .getNumber(PARAMETER, new BsonInt64(DEFAULT.toSeconds()))
                    .longValue());
        } catch (MongoException e) {
            // A user with readWrite may not read the parameter.
            return DEFAULT;
        }
    }
}
