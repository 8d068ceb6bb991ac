package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.engine.transfer.TransferSource;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** A source of documents that no server returns, such as two with the same {@code _id}. */
final class GivenDocuments implements TransferSource {

    private final Map<CollectionDescription, List<RawBsonDocument>> collections = new LinkedHashMap<>();

    private int batchSize = Integer.MAX_VALUE;

    /** Adds a collection; the indexes are in JSON, without that of {@code _id}. */
    GivenDocuments collection(String name, String options, List<String> indexes, List<RawBsonDocument> documents) {
        List<BsonDocument> all = new ArrayList<>();
        all.add(BsonDocument.parse("{v: 2, key: {_id: 1}, name: '_id_'}"));
        indexes.forEach(index -> all.add(BsonDocument.parse(index)));
        BsonDocument parsed = BsonDocument.parse(options);
        CollectionType type = parsed.containsKey("timeseries") ? CollectionType.TIME_SERIES : CollectionType.COLLECTION;
        collections.put(new CollectionDescription(name, type, parsed, all, null), documents);
        return this;
    }

    GivenDocuments collection(String name, List<String> indexes, String... documents) {
        return collection(
                name,
                "{}",
                indexes,
                Arrays.stream(documents).map(RawBsonDocument::parse).toList());
    }

    /** Sets the batch size. With more than one batch, the collection is not loaded as a small one. */
    GivenDocuments inBatchesOf(int documents) {
        batchSize = documents;
        return this;
    }

    @Override
    public void transferTo(TransferSink sink) {
        sink.begin(new Catalogue("given", List.copyOf(collections.keySet())));
        collections.forEach((description, documents) -> {
            CollectionSink to = sink.collection(description);
            for (int i = 0; i < documents.size(); i += Math.min(batchSize, documents.size())) {
                to.documents(batch(documents.subList(i, (int) Math.min((long) i + batchSize, documents.size()))));
            }
            to.end();
        });
    }

    private static DocumentBatch batch(List<RawBsonDocument> documents) {
        int length = documents.stream().mapToInt(RawBsonDocument::getByteLength).sum();
        byte[] bytes = new byte[length];
        int at = 0;
        for (RawBsonDocument document : documents) {
            System.arraycopy(document.getBackingArray(), document.getByteOffset(), bytes, at, document.getByteLength());
            at += document.getByteLength();
        }
        return new DocumentBatch(bytes, length, documents.size());
    }
}
