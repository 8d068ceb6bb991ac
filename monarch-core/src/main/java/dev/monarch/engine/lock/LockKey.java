package dev.monarch.engine.lock;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Identifies one of the locks in the lock collection of an environment.
 *
 * @param id the {@code _id} of the lock document
 */
record LockKey(String id) {

    /** The lock of the environment itself. */
    static final LockKey ENVIRONMENT = new LockKey("environment");

    private static final String CLAIM = "claim";

    BsonDocument filter() {
        return new BsonDocument("_id", new BsonString(id));
    }

    BsonDocument filter(String token) {
        return filter().append("token", new BsonString(token));
    }

    /**
     * Returns the filter of the document that identifies the holder whose writes are accepted. It changes only when
     * another holder acquires the lock.
     */
    BsonDocument claim() {
        return new BsonDocument("_id", new BsonString(equals(ENVIRONMENT) ? CLAIM : CLAIM + " of " + id));
    }
}
