package dev.monarch.engine.backfill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.original.Originals;
import dev.monarch.engine.server.DocumentErrors;

/** Writes changes by unordered bulk writes. A write has an effect only if its document is still as it was read. */
final class ChangeWriter {

    private static final Collation SIMPLE = Collation.builder().locale("simple").build();

    private static final Set<BsonType> HAS_TEXT = Set.of(BsonType.STRING, BsonType.SYMBOL, BsonType.DOCUMENT);

    private final MongoCollection<BsonDocument> collection;

    private final boolean collated;

    private final boolean pipelines;

    private final RejectedDocuments rejections;

    private final @Nullable Originals originals;

    /**
     * Creates it.
     *
     * @param collection the collection
     * @param collated whether the collection has a collation
     * @param pipelines whether the server has what {@link ConditionalPipeline} uses
     * @param rejections the documents that cannot be changed
     * @param originals keeps what documents are before they are changed; null to keep nothing
     */
    ChangeWriter(
            MongoCollection<BsonDocument> collection,
            boolean collated,
            boolean pipelines,
            RejectedDocuments rejections,
            @Nullable Originals originals) {
        this.collection = collection;
        this.collated = collated;
        this.pipelines = pipelines;
        this.rejections = rejections;
        this.originals = originals;
    }

    /** What one bulk write has done. */
    record Written(long changed, List<PlannedChange> accepted, Map<BsonValue, String> rejected) {

        boolean isWhole() {
            return changed == accepted.size();
        }
    }

    /** Writes once. If no originals are kept, any thread may call it. */
    Written write(List<PlannedChange> all) {
        List<PlannedChange> planned = keepOriginals(all);
        if (planned.isEmpty()) {
            return new Written(0, planned, Map.of());
        }
        try {
            BulkWriteResult result = collection.bulkWrite(
                    planned.stream().map(this::model).toList(), new BulkWriteOptions().ordered(false));
            return new Written(changed(result), planned, Map.of());
        } catch (MongoBulkWriteException e) {
            Set<Integer> refused = new TreeSet<>();
            Map<BsonValue, String> rejected = new HashMap<>();
            for (BulkWriteError error : DocumentErrors.of(e)) {
                refused.add(error.getIndex());
                rejected.put(planned.get(error.getIndex()).id(), error.getMessage() + " (" + error.getCode() + ")");
            }
            List<PlannedChange> accepted = new ArrayList<>();
            for (int i = 0; i < planned.size(); i++) {
                if (!refused.contains(i)) {
                    accepted.add(planned.get(i));
                }
            }
            return new Written(changed(e.getWriteResult()), accepted, rejected);
        }
    }

    /** Keeps what the documents are. Returns those that may be changed. */
    private List<PlannedChange> keepOriginals(List<PlannedChange> planned) {
        if (originals == null) {
            return planned;
        }
        Map<BsonValue, String> refused =
                originals.keep(planned.stream().map(PlannedChange::original).toList());
        refused.forEach(rejections::add);
        return refused.isEmpty()
                ? planned
                : planned.stream()
                        .filter(change -> !refused.containsKey(change.id()))
                        .toList();
    }

    /** The collation of the collection would find different texts equal. Only with it, the index finds an _id of text. */
    private WriteModel<BsonDocument> model(PlannedChange planned) {
        if (collated && HAS_TEXT.contains(planned.id().getBsonType())) {
            throw BackfillFailure.collated(collection.getNamespace().getCollectionName(), planned.id());
        }
        return planned.model(collated ? SIMPLE : null, pipelines);
    }

    private static long changed(BulkWriteResult result) {
        return (long) result.getModifiedCount() + result.getDeletedCount();
    }
}
