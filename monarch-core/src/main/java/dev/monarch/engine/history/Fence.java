package dev.monarch.engine.history;

import java.util.Collection;
import java.util.Map;

import com.mongodb.client.ClientSession;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/** Allows only the holder of the lock to write to the history. */
interface Fence {

    /** Excludes former holders from writing the entries of these migrations. */
    void prepare(Collection<String> ids);

    /**
     * Writes one entry.
     *
     * @throws dev.monarch.LockLostException if the writer no longer holds the lock; nothing was written
     */
    void write(BsonDocument key, Bson update);

    /**
     * Writes several entries; with transactions all or none.
     *
     * @param updates the update of each entry, by its key
     * @throws dev.monarch.LockLostException if the writer no longer holds the lock
     */
    void writeAll(Map<BsonDocument, Bson> updates);

    /**
     * Writes one entry in an active transaction.
     *
     * @throws dev.monarch.LockLostException if the writer no longer holds the lock; the transaction must be aborted
     */
    void writeIn(ClientSession session, BsonDocument key, Bson update);

    /** Removes entries that {@link #prepare} inserted and no migration used. */
    void cleanUp();
}
