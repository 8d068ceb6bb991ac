package dev.monarch.engine.transfer;

import java.util.function.BiFunction;
import java.util.function.Consumer;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

import dev.monarch.engine.transfer.BatchBuffer.Gathered;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * Reads the requested part of a collection.
 *
 * @param collection the collection
 * @param subset selects and transforms its documents
 * @param size its expected size
 * @param throttle limits the read rate
 * @param budget limits the memory for server replies
 */
record CollectionPart(
        CollectionDescription collection,
        Subset subset,
        CollectionProgress.Expected size,
        ReadThrottle throttle,
        FetchBudget budget) {

    private static final BsonDocument NATURAL_ORDER = new BsonDocument("$natural", new BsonInt32(1));

    /**
     * Reads the part.
     *
     * @param from the collection with the documents
     * @param find starts a query
     * @param consumer receives the documents, on the caller's thread
     */
    void read(
            MongoCollection<?> from,
            BiFunction<MongoCollection<Gathered>, BsonDocument, FindIterable<Gathered>> find,
            Consumer<DocumentBatch> consumer) {
        DocumentTransform transform = subset.transform(collection);
        for (BsonDocument filter : subset.filters(collection.name())) {
            new DocumentScan(from, of -> query(find.apply(of, filter), filter), size, budget, throttle)
                    .forEach(batch -> consumer.accept(transform.apply(batch)));
        }
    }

    /** A query with a filter may use an index, unless the order of the documents matters. */
    private FindIterable<Gathered> query(FindIterable<Gathered> query, BsonDocument filter) {
        FindIterable<Gathered> sized =
                query.batchSize(ExpectedSizes.batchSize(size, throttle.pace().batchBytes()));
        return filter.isEmpty() || collection.isOrdered() ? sized.hint(NATURAL_ORDER) : sized;
    }
}
