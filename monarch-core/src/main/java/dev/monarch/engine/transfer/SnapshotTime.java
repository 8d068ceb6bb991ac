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
 * Reads at a time of the cluster, outside a transaction.
 *
 * <p>Read concern {@code snapshot} of servers from 5.0 on (specifications, {@code sessions/snapshot-sessions}).
 */
final class SnapshotTime {

    private static final int SNAPSHOT_TOO_OLD = 239;

    private static final int SNAPSHOT_UNAVAILABLE = 246;

    private SnapshotTime() {}

    /** Asks for the time at which a collection can be read now. */
    static BsonTimestamp now(MongoCluster client, MongoCollection<?> collection) {
        try (ClientSession session = session(client, null)) {
            collection.find(session).limit(1).first();
            return Objects.requireNonNull(session.getSnapshotTimestamp(), "the server names no time");
        }
    }

    /** Starts a session whose reads are all at one time. */
    static ClientSession session(MongoCluster client, @Nullable BsonTimestamp time) {
        ClientSession session = client.startSession(
                ClientSessionOptions.builder().snapshot(true).build());
        if (time != null) {
            session.setSnapshotTimestamp(time);
        }
        return session;
    }

    /** Tells whether a failure means that a collection cannot be read at that time, however often one tries. */
    static boolean isUnavailable(MongoException failure) {
        return failure instanceof MongoCommandException
                && Set.of(SNAPSHOT_TOO_OLD, SNAPSHOT_UNAVAILABLE).contains(failure.getCode());
    }
}
