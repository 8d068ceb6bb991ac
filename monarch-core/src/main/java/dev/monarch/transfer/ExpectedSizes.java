package dev.monarch.transfer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** How much there is of each collection, by the server's bookkeeping, which need not be exact. */
final class ExpectedSizes {

    private static final int AT_ONCE = 4;

    private static final int MOST_DOCUMENTS = 100_000;

    private ExpectedSizes() {}

    static Map<String, CollectionProgress.Expected> of(
            MongoDatabase database, Catalogue catalogue, SubsetChoice subset) {
        Map<String, CollectionProgress.Expected> sizes = new ConcurrentHashMap<>();
        List<Runnable> tasks = catalogue.collections().stream()
                .<Runnable>map(collection -> () -> sizes.put(collection.name(), size(database, collection, subset)))
                .toList();
        TransferWorkers.runAll("monarch-sizes", AT_ONCE, tasks);
        return sizes;
    }

    private static CollectionProgress.Expected size(
            MongoDatabase database, CollectionDescription collection, SubsetChoice subset) {
        if (!subset.isWhole(collection.name())) {
            return CollectionProgress.Expected.UNKNOWN;
        }
        if (collection.type() == CollectionType.VIEW) {
            return new CollectionProgress.Expected(0, 0);
        }
        try {
            BsonDocument statistics = database.runCommand(
                    new BsonDocument("collStats", new BsonString(collection.documentsIn())), BsonDocument.class);
            return new CollectionProgress.Expected(
                    statistics.getNumber("count", new BsonInt64(-1)).longValue(),
                    statistics.getNumber("size", new BsonInt64(-1)).longValue());
        } catch (MongoCommandException e) {
            return CollectionProgress.Expected.UNKNOWN;
        }
    }

    /** Returns how many documents make a reply of the server's about as long as a batch. */
    static int batchSize(CollectionProgress.Expected size) {
        if (size.documents() <= 0 || size.bytes() <= 0) {
            return 1_000;
        }
        long average = Math.max(1, size.bytes() / size.documents());
        return (int) Math.max(1, Math.min(MOST_DOCUMENTS, DocumentScan.BATCH_BYTES / average));
    }
}
