package dev.monarch.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** The server's speed through the plain driver, without checks. */
final class BareServer {

    private static final int BATCH = 4_000;

    private static final int THREADS = 4;

    private final MongoClient client;

    BareServer(MongoClient client) {
        this.client = client;
    }

    /** Reads everything and discards it. */
    long scan(String database) {
        MongoDatabase from = client.getDatabase(database);
        long bytes = 0;
        for (String name : from.listCollectionNames()) {
            for (RawBsonDocument document : from.getCollection(name, RawBsonDocument.class)
                    .find()
                    .hint(new Document("$natural", 1))
                    .batchSize(BATCH)) {
                bytes += document.getByteLength();
            }
        }
        return bytes < 0 ? 1 : 0;
    }

    /** Reads everything and writes it into another database, without indexes, on four threads. */
    long copy(String database, String target) throws Exception {
        MongoDatabase from = client.getDatabase(database);
        MongoDatabase to = client.getDatabase(target);
        to.drop();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Semaphore room = new Semaphore(THREADS + 1);
        List<Future<?>> inserts = new ArrayList<>();
        for (String name : from.listCollectionNames()) {
            List<RawBsonDocument> batch = new ArrayList<>();
            MongoCollection<RawBsonDocument> into = to.getCollection(name, RawBsonDocument.class);
            for (RawBsonDocument document :
                    from.getCollection(name, RawBsonDocument.class).find().batchSize(BATCH)) {
                batch.add(document);
                if (batch.size() == BATCH) {
                    inserts.add(insert(threads, room, into, batch));
                    batch = new ArrayList<>();
                }
            }
            if (!batch.isEmpty()) {
                inserts.add(insert(threads, room, into, batch));
            }
        }
        for (Future<?> insert : inserts) {
            insert.get();
        }
        threads.shutdown();
        return 0;
    }

    private static Future<?> insert(
            ExecutorService threads, Semaphore room, MongoCollection<RawBsonDocument> into, List<RawBsonDocument> batch)
            throws InterruptedException {
        room.acquire();
        return threads.submit(() -> {
            into.insertMany(batch, new InsertManyOptions().ordered(false));
            room.release();
        });
    }
}
