package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.session.ClientSession;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Applies updates of documents with versions, alone and in bulk writes.
 *
 * @param api {@code MongoCollection} of either driver
 * @param stored the collection with the documents as they are stored
 * @param proxy the collection that the application uses
 * @param versions the versions
 * @param answers how the driver answers
 */
record VersionedUpdates(Class<?> api, Object stored, Object proxy, CollectionVersions versions, DriverAnswers answers) {

    /**
     * Applies an update.
     *
     * @param call the application's call
     * @param target the collection that it is sent to
     * @param unchanged sends the call as it is
     * @return what the driver's method returns
     */
    @Nullable
    Object update(UpdateCall call, Object target, Supplier<@Nullable Object> unchanged) {
        return answers.run(() -> isNeeded(call) ? applied(call, target) : answers.value(unchanged.get()));
    }

    private @Nullable Object applied(UpdateCall call, Object target) {
        return new VersionedUpdate(call, target, versions, transactions(call.session()), this::newest).run();
    }

    /** After the contraction, documents of older instances are an exception, and one query finds out. */
    private boolean isNeeded(UpdateCall call) {
        if (!versions.isContracted()) {
            return true;
        }
        StoredDocuments documents = transactions(call.session()).outside();
        BsonDocument older =
                VersionBackfill.older(versions, versions.newest(), true).toBsonDocument();
        return documents.exists(
                VersionedUpdate.both(documents.bson(call.filter()), older),
                call.options().choice());
    }

    private UpdateTransactions transactions(@Nullable ClientSession session) {
        return new UpdateTransactions(api, stored, answers, session);
    }

    private @Nullable Object newest(StoredDocuments documents, UpdateCall call, BsonDocument filter) {
        Object find = Objects.requireNonNull(documents.inSession(proxy, "find", List.of(Bson.class), filter), "find");
        if (call.options().projection() != null) {
            documents.onFind(
                    find, "projection", List.of(Bson.class), call.options().projection());
        }
        return answers.value(documents.onFind(find, "first", List.of()));
    }

    /**
     * Sends the writes of a bulk write.
     *
     * @param models the writes
     * @param options their options
     * @param session the caller's session, or null
     * @return what the driver's method returns
     */
    @Nullable
    Object bulkWrite(List<?> models, BulkWriteOptions options, @Nullable ClientSession session) {
        List<WriteModel<?>> writes = new ArrayList<>();
        models.forEach(model -> writes.add((WriteModel<?>) model));
        StoredDocuments documents = transactions(session).outside();
        return answers.run(() -> new VersionedBulk(
                        options.isOrdered(),
                        others -> (BulkWriteResult) Objects.requireNonNull(answers.value(documents.inSession(
                                documents.acknowledged(),
                                "bulkWrite",
                                List.of(List.class, BulkWriteOptions.class),
                                others,
                                options))),
                        call -> (UpdateResult) Objects.requireNonNull(applied(call, stored)))
                .run(writes, session));
    }
}
