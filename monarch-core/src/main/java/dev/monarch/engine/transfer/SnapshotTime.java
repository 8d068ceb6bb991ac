package dev.monarch.engine.transfer;

import java.util.Objects;
import java.util.Set;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoCollection;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Reads at a cluster time, outside a transaction.
 *
 * <p>Uses read concern {@code snapshot} of MongoDB 5.0 and later (specifications, {@code
 * sessions/snapshot-sessions}).
 */
final class SnapshotTime {

    private static final int SNAPSHOT_TOO_OLD = 239;

    private static final int SNAPSHOT_UNAVAILABLE = 246;

    private SnapshotTime() {}

    /** {@return the cluster time at which a collection can be read now} */
    static BsonTimestamp now(MongoCluster client, MongoCollection<?> collection) {
        try (ClientSession session = session(client, null)) {
            collection.find(session).limit(1).first();
            return Objects.requireNonNull(session.getSnapshotTimestamp(), "the server returned no snapshot time");
        }
    }

    /** Starts a session whose reads all use one cluster time. */
    static ClientSession session(MongoCluster client, @Nullable BsonTimestamp time) {
        ClientSession session = client.startSession(
                ClientSessionOptions.builder().snapshot(true).build());
        if (time != null) {
            session.setSnapshotTimestamp(time);
        }
        return session;
    }

    /** {@return whether a failure means that a collection can never be read at this cluster time} */
    static boolean isUnavailable(MongoException failure) {
        return failure instanceof MongoCommandException
                && Set.of(SNAPSHOT_TOO_OLD, SNAPSHOT_UNAVAILABLE).contains(failure.getCode());
    }
}
