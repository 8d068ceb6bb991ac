package dev.monarch.engine.lock;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The server sessions of a holder of the lock, which its successor ends if it dies.
 *
 * @param work the id of the session that does the work; null if the server has no sessions
 * @param history the id of the session whose transactions touch the lock document; null if there are none
 */
record LockSessions(@Nullable BsonDocument work, @Nullable BsonDocument history) {

    /** The field of the lock document with the id of the session that does the work. */
    static final String WORK = "session";

    /** The field of the lock document with the id of the session whose transactions touch it. */
    static final String HISTORY = "historySession";

    static LockSessions of(BsonDocument lock) {
        return new LockSessions(session(lock, WORK), session(lock, HISTORY));
    }

    private static @Nullable BsonDocument session(BsonDocument lock, String field) {
        return lock.get(field) instanceof BsonDocument session ? session : null;
    }

    List<BsonDocument> all() {
        return Stream.of(work, history).filter(Objects::nonNull).toList();
    }
}
