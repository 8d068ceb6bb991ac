package dev.monarch.engine.original;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.engine.server.ServerCommand;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Watches the free space on the disk of the server, which originals take. It asks {@code dbStats} (MongoDB manual, "dbStats":
 * {@code fsUsedSize}, {@code fsTotalSize}). If the server does not say it, there is no limit. For one thread.
 */
public final class OriginalsSpace {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    /** In percent. */
    private static final int LEAST_FREE = 5;

    private final MongoDatabase database;

    private long lookedAt = System.nanoTime() - BETWEEN_LOOKS.toNanos();

    /**
     * Creates it.
     *
     * @param environment the environment
     */
    public OriginalsSpace(MonarchEnvironment environment) {
        this.database = environment.ownDatabase();
    }

    /**
     * Looks about every ten seconds.
     *
     * @return why no more originals may be kept, as a sentence; empty if there is room
     */
    public Optional<String> problem() {
        if (System.nanoTime() - lookedAt < BETWEEN_LOOKS.toNanos()) {
            return Optional.empty();
        }
        BsonDocument stats = stats();
        long total = stats.getNumber("fsTotalSize", new BsonInt64(0)).longValue();
        long used = stats.getNumber("fsUsedSize", new BsonInt64(0)).longValue();
        if (total > 0 && (total - used) * 100.0 / total < LEAST_FREE) {
            return Optional.of("The disk of the server has less than " + LEAST_FREE
                    + " % free, and originals would fill it. Make room, for example by removing the originals of other"
                    + " changes, and try again");
        }
        lookedAt = System.nanoTime();
        return Optional.empty();
    }

    private BsonDocument stats() {
        try {
            return ServerCommand.run(database, new BsonDocument("dbStats", new BsonInt32(1)));
        } catch (MongoCommandException e) {
            if (!Set.of(Privileges.UNAUTHORIZED, Deployment.COMMAND_NOT_FOUND).contains(e.getErrorCode())) {
                throw e;
            }
            return new BsonDocument();
        }
    }
}
