package dev.monarch.engine.transfer;

import java.util.function.BiFunction;
import java.util.function.Consumer;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

import dev.monarch.engine.transfer.BatchGathering.Gathered;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * What is wanted of a collection, as it is wanted.
 *
 * @param collection the collection
 * @param subset says which documents, and what becomes of them
 * @param size how much there is of it, as far as that is known
 * @param pace how fast they may come
 * @param room how many replies may be in memory at once
 */
record CollectionPart(
        CollectionDescription collection,
        Subset subset,
        CollectionProgress.Expected size,
        TransferPace pace,
        FetchRoom room) {

    private static final BsonDocument NATURAL_ORDER = new BsonDocument("$natural", new BsonInt32(1));

    /**
     * Reads it.
     *
     * @param from where its documents are
     * @param find begins a query
     * @param consumer takes the documents, on the caller's thread
     */
    void read(
            MongoCollection<?> from,
            BiFunction<MongoCollection<Gathered>, BsonDocument, FindIterable<Gathered>> find,
            Consumer<DocumentBatch> consumer) {
        DocumentTransform transform = subset.transform(collection);
        for (BsonDocument filter : subset.filters(collection.name())) {
            new DocumentScan(from, of -> query(find.apply(of, filter), filter), size, room).forEach(batch -> {
                pace.pass(batch.length());
                consumer.accept(transform.apply(batch));
            });
        }
    }

    /** Who wants some documents wants them by an index, unless their order means something. */
    private FindIterable<Gathered> query(FindIterable<Gathered> query, BsonDocument filter) {
        FindIterable<Gathered> sized = query.batchSize(ExpectedSizes.batchSize(size));
        return filter.isEmpty() || collection.isOrdered() ? sized.hint(NATURAL_ORDER) : sized;
    }
}
