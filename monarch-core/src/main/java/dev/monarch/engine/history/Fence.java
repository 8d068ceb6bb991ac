package dev.monarch.engine.history;

import java.util.Collection;

import com.mongodb.client.ClientSession;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/** How a write to the history is made impossible for whoever is not the lock's holder. */
interface Fence {

    /** Shuts former holders out of the entries of these migrations. */
    void prepare(Collection<String> ids);

    /**
     * Writes one entry.
     *
     * @throws dev.monarch.LockLostException if the lock is no longer the writer's; nothing was written
     */
    void write(BsonDocument key, Bson update);

    /**
     * Writes one entry in a transaction that is already under way.
     *
     * @throws dev.monarch.LockLostException if the lock is no longer the writer's; the transaction must be aborted
     */
    void writeIn(ClientSession session, BsonDocument key, Bson update);

    /** Removes what {@link #prepare} put there for nothing. */
    void cleanUp();
}
