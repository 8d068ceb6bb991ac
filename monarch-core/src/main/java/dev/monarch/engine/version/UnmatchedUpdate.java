package dev.monarch.engine.version;

import java.util.List;

import com.mongodb.client.result.UpdateResult;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.version.StoredDocuments.Replacement;
import dev.monarch.engine.version.UpdateTransactions.Done;

/**
 * An update that no document matches.
 *
 * @param call the application's call
 * @param found the collection that returns updated documents
 * @param versions the versions
 * @param newest reads what an upsert has inserted
 */
record UnmatchedUpdate(UpdateCall call, Object found, CollectionVersions versions, NewestFinder newest) {

    /** Reads a document of the newest version, with the projection of the call. */
    @FunctionalInterface
    interface NewestFinder {

        @Nullable
        Object find(StoredDocuments documents, UpdateCall call, BsonDocument filter);
    }

    /** The result of a write is needed, also if the application does not wait for it. */
    Object target(StoredDocuments documents) {
        return call.returnsDocument() ? found : documents.acknowledged();
    }

    /** Nothing is updated. An upsert inserts a document. */
    Done apply(StoredDocuments documents) {
        BsonDocument filter = documents.bson(call.filter());
        if (!call.options().upsert()) {
            BsonDocument nothing = new BsonDocument("_id", new BsonDocument("$in", new BsonArray()));
            return new Done(documents.update(target(documents), call, VersionedUpdate.both(filter, nothing), false));
        }
        // A document that someone else has inserted meanwhile must have the newest version.
        BsonDocument fresh =
                new BsonDocument(versions.versionField(), new BsonDocument("$gte", new BsonInt32(versions.newest())));
        UpdateCall update = call.withoutDocument();
        Object result = documents.update(documents.acknowledged(), update, VersionedUpdate.both(filter, fresh), true);
        BsonValue id = result instanceof UpdateResult done ? done.getUpsertedId() : null;
        if (id != null) {
            complete(documents, id);
        }
        if (!call.returnsDocument()) {
            return new Done(result);
        }
        BsonDocument written = id == null ? filter : StoredDocuments.withIds(List.of(id));
        return new Done(id != null && !call.returnsNew() ? null : newest.find(documents, call, written));
    }

    /** Gives a document that was inserted its version, and what older instances need. */
    private void complete(StoredDocuments documents, BsonValue id) {
        for (RawBsonDocument inserted : documents.matching(StoredDocuments.withIds(List.of(id)), null)) {
            Document document = Shapes.decoded(inserted);
            versions.prepare(document);
            documents.replace(List.of(new Replacement(inserted, document)));
        }
    }
}
