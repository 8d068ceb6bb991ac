package dev.monarch.engine.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Writes each entry in a short transaction that checks and changes the lock document.
 *
 * <p>The transaction and a takeover change the same document, so only one of them commits. The driver's {@code
 * withTransaction} retries after transient errors such as a failover.
 *
 * <p>A migration's own transaction may last longer than the pause between heartbeats, so it cannot change the lock
 * document. It is fenced by the claim instead: a document that changes only when another holder acquires the lock. Each
 * holder claims it before it reads the history.
 */
final class TransactionFence implements Fence {

    private static final TransactionOptions MAJORITY = TransactionOptions.builder()
            .readConcern(ReadConcern.LOCAL)
            .writeConcern(WriteConcern.MAJORITY)
            .readPreference(ReadPreference.primary())
            .build();

    private final MonarchEnvironment environment;

    private final MongoCollection<BsonDocument> collection;

    private final HeldLock lock;

    private final ClientSession own;

    /**
     * Creates a fence.
     *
     * @param own a session that nothing else uses; the lock document names it, so that the next holder ends what it leaves
     */
    TransactionFence(
            MonarchEnvironment environment,
            MongoCollection<BsonDocument> collection,
            HeldLock lock,
            ClientSession own) {
        this.environment = environment;
        this.collection = collection;
        this.lock = lock;
        this.own = own;
    }

    @Override
    public void prepare(Collection<String> ids) {
        inTransaction(session -> {
            lock.claimWrites(session);
            lock.touch(session);
        });
    }

    @Override
    public void write(BsonDocument key, Bson update) {
        inTransaction(session -> {
            collection.updateOne(session, key, update, new UpdateOptions().upsert(true));
            lock.touch(session);
        });
    }

    @Override
    public void writeAll(Map<BsonDocument, Bson> updates) {
        List<UpdateOneModel<BsonDocument>> models = updates.entrySet().stream()
                .map(update -> new UpdateOneModel<BsonDocument>(
                        update.getKey(), update.getValue(), new UpdateOptions().upsert(true)))
                .toList();
        inTransaction(session -> {
            collection.bulkWrite(session, models);
            lock.touch(session);
        });
    }

    private synchronized void inTransaction(Consumer<ClientSession> work) {
        try {
            own.withTransaction(
                    () -> {
                        work.accept(own);
                        return own;
                    },
                    MAJORITY);
        } catch (MongoException e) {
            // The driver believes that the transaction has ended. On the server it may be open, and block the lock
            // document for a minute.
            lock.end(own);
            throw e;
        }
    }

    /**
     * Fences by the claim, not by the lock document: a transaction that is older than a heartbeat cannot change that. The
     * session belongs to the application's client.
     */
    @Override
    public void writeIn(ClientSession session, BsonDocument key, Bson update) {
        environment
                .database()
                .getCollection(collection.getNamespace().getCollectionName(), BsonDocument.class)
                .withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry())
                .updateOne(session, key, update, new UpdateOptions().upsert(true));
        lock.touchClaim(session);
    }

    @Override
    public void cleanUp() {
        // prepare() inserted nothing.
    }
}
