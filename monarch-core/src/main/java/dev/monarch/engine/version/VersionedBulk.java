package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteInsert;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.BulkWriteUpsert;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.session.ClientSession;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A bulk write with updates. Each update is sent separately, as {@link VersionedUpdate} does, and the other writes between them
 * together. So the order of the writes, and the result, are those of one bulk write. For one thread.
 */
final class VersionedBulk {

    private final boolean ordered;

    private final Function<List<WriteModel<?>>, BulkWriteResult> others;

    private final Function<UpdateCall, UpdateResult> updates;

    private final List<BulkWriteError> errors = new ArrayList<>();

    private final List<BulkWriteUpsert> upserts = new ArrayList<>();

    private final List<BulkWriteInsert> inserts = new ArrayList<>();

    private int inserted;

    private int matched;

    private int deleted;

    private int modified;

    private ServerAddress server = new ServerAddress();

    /**
     * Creates it.
     *
     * @param ordered whether it ends with the first error
     * @param others sends writes that are no updates
     * @param updates applies an update
     */
    VersionedBulk(
            boolean ordered,
            Function<List<WriteModel<?>>, BulkWriteResult> others,
            Function<UpdateCall, UpdateResult> updates) {
        this.ordered = ordered;
        this.others = others;
        this.updates = updates;
    }

    static boolean hasUpdates(List<?> models) {
        return models.stream().anyMatch(model -> UpdateCall.of((WriteModel<?>) model, null) != null);
    }

    /**
     * Sends all writes.
     *
     * @throws MongoBulkWriteException if some of them failed
     */
    BulkWriteResult run(List<? extends WriteModel<?>> models, @Nullable ClientSession session) {
        int at = 0;
        while (at < models.size() && (errors.isEmpty() || !ordered)) {
            UpdateCall update = UpdateCall.of(models.get(at), session);
            if (update != null) {
                update(update, at);
                at++;
            } else {
                int end = at + 1;
                while (end < models.size() && UpdateCall.of(models.get(end), session) == null) {
                    end++;
                }
                write(List.copyOf(models.subList(at, end)), at);
                at = end;
            }
        }
        BulkWriteResult result = BulkWriteResult.acknowledged(inserted, matched, deleted, modified, upserts, inserts);
        if (!errors.isEmpty()) {
            throw new MongoBulkWriteException(result, errors, null, server, Set.of());
        }
        return result;
    }

    private void write(List<WriteModel<?>> models, int offset) {
        try {
            add(others.apply(models), offset);
        } catch (MongoBulkWriteException e) {
            add(e.getWriteResult(), offset);
            server = e.getServerAddress();
            if (e.getWriteConcernError() != null) {
                throw e;
            }
            e.getWriteErrors()
                    .forEach(error -> errors.add(new BulkWriteError(
                            error.getCode(), error.getMessage(), error.getDetails(), offset + error.getIndex())));
        }
    }

    private void add(BulkWriteResult result, int offset) {
        if (result.wasAcknowledged()) {
            inserted += result.getInsertedCount();
            matched += result.getMatchedCount();
            deleted += result.getDeletedCount();
            modified += result.getModifiedCount();
            result.getUpserts()
                    .forEach(upsert -> upserts.add(new BulkWriteUpsert(offset + upsert.getIndex(), upsert.getId())));
            result.getInserts()
                    .forEach(insert -> inserts.add(new BulkWriteInsert(offset + insert.getIndex(), insert.getId())));
        }
    }

    private void update(UpdateCall call, int index) {
        try {
            UpdateResult result = updates.apply(call);
            matched += (int) result.getMatchedCount();
            modified += (int) result.getModifiedCount();
            BsonValue id = result.getUpsertedId();
            if (id != null) {
                upserts.add(new BulkWriteUpsert(index, id));
            }
        } catch (MongoWriteException e) {
            WriteError error = e.getError();
            server = e.getServerAddress();
            errors.add(new BulkWriteError(error.getCode(), error.getMessage(), error.getDetails(), index));
        }
    }
}
