package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
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
 * One update of documents with versions, in three steps: documents of older versions are upgraded, the server updates them, and
 * what older instances need is given to them again.
 *
 * <p>Without the first step, the next read would upgrade a document from its older fields, and lose the update. Without the last
 * one, older instances would not see it.
 */
final class VersionedUpdate {

    private static final int GROUP = 100;

    private static final int UPSERTS = 3;

    private static final int DUPLICATE_KEY = 11000;

    private final UpdateCall call;

    private final Object target;

    private final CollectionVersions versions;

    private final UpdateTransactions transactions;

    private final NewestFinder newest;

    /** Reads a document of the newest version, with the projection of the call. */
    @FunctionalInterface
    interface NewestFinder {

        @Nullable
        Object find(StoredDocuments documents, UpdateCall call, BsonDocument filter);
    }

    /**
     * Creates it.
     *
     * @param call the application's call
     * @param target the collection that it is sent to
     * @param versions the versions
     * @param transactions run the steps
     * @param newest reads what an upsert has inserted
     */
    VersionedUpdate(
            UpdateCall call,
            Object target,
            CollectionVersions versions,
            UpdateTransactions transactions,
            NewestFinder newest) {
        this.call = call;
        this.target = target;
        this.versions = versions;
        this.transactions = transactions;
        this.newest = newest;
    }

    @Nullable
    Object run() {
        return call.isMany() ? many() : one();
    }

    private @Nullable Object one() {
        return retryingUpserts(() -> transactions.run(documents -> {
            RawBsonDocument found = documents.first(call);
            return found == null ? withoutMatch(documents) : changed(documents, List.of(found));
        }));
    }

    private Object many() {
        long[] matched = {0, 0};
        transactions.outside().ids(call, transactions.groupSize(GROUP), ids -> {
            UpdateResult result = (UpdateResult) transactions.run(documents -> changedStill(documents, ids));
            if (result != null) {
                matched[0] += result.getMatchedCount();
                matched[1] += result.getModifiedCount();
            }
        });
        return matched[0] > 0
                ? UpdateResult.acknowledged(matched[0], matched[1], null)
                : Objects.requireNonNull(retryingUpserts(() -> transactions.run(this::withoutMatch)));
    }

    /** The result of a write is needed, also if the application does not wait for it. */
    private Object target(StoredDocuments documents) {
        return call.returnsDocument() ? target : documents.acknowledged();
    }

    /** Updates those of these documents that still match. */
    private @Nullable Done changedStill(StoredDocuments documents, List<BsonValue> ids) {
        BsonDocument still = both(documents.bson(call.filter()), StoredDocuments.withIds(ids));
        List<RawBsonDocument> found = documents.matching(still, call.options().choice());
        return found.isEmpty() ? new Done(null) : changed(documents, found);
    }

    private @Nullable Done changed(StoredDocuments documents, List<RawBsonDocument> found) {
        List<RawBsonDocument> current = upgraded(documents, found);
        if (current == null) {
            return null;
        }
        BsonDocument filter = both(documents.bson(call.filter()), documents.only(current));
        Object result = documents.update(target(documents), call, filter, false);
        boolean hasMatched = result instanceof UpdateResult update ? update.getMatchedCount() > 0 : result != null;
        if (!hasMatched) {
            return null;
        }
        if (versions.isExpanded()) {
            refresh(documents, current);
        }
        return new Done(result);
    }

    /** Upgrades those documents that are of an older version. Returns null if someone else has changed one of them. */
    private @Nullable List<RawBsonDocument> upgraded(StoredDocuments documents, List<RawBsonDocument> found) {
        List<RawBsonDocument> current = new ArrayList<>();
        List<Replacement> replacements = new ArrayList<>();
        for (RawBsonDocument stored : found) {
            Document document = StoredDocuments.decoded(stored);
            if (versions.isUnknown(document) || versions.isCurrent(document)) {
                current.add(stored);
            } else {
                Document upgraded = versions.rewritten(document, versions.contracted());
                replacements.add(new Replacement(stored, upgraded));
                current.add(StoredDocuments.encoded(upgraded));
            }
        }
        return documents.replace(replacements) ? current : null;
    }

    /** Gives the documents what older instances need, if the update has changed that. */
    private void refresh(StoredDocuments documents, List<RawBsonDocument> before) {
        Map<BsonValue, Document> known = new HashMap<>();
        for (RawBsonDocument document : before) {
            Document decoded = StoredDocuments.decoded(document);
            if (!versions.isUnknown(decoded)) {
                known.put(StoredDocuments.idOf(document), decoded);
            }
        }
        boolean open = !known.isEmpty();
        while (open) {
            List<Replacement> replacements = new ArrayList<>();
            for (RawBsonDocument after :
                    documents.matching(StoredDocuments.withIds(List.copyOf(known.keySet())), null)) {
                Optional.ofNullable(known.get(StoredDocuments.idOf(after)))
                        .map(then -> versions.refreshed(then, StoredDocuments.decoded(after)))
                        .ifPresent(kept -> replacements.add(new Replacement(after, kept)));
            }
            open = !documents.replace(replacements);
        }
    }

    /** Nothing is updated. An upsert inserts a document. */
    private Done withoutMatch(StoredDocuments documents) {
        BsonDocument filter = documents.bson(call.filter());
        if (!call.options().upsert()) {
            BsonDocument nothing = new BsonDocument("_id", new BsonDocument("$in", new BsonArray()));
            return new Done(documents.update(target(documents), call, both(filter, nothing), false));
        }
        // A document that someone else has inserted meanwhile must have the newest version.
        BsonDocument fresh =
                new BsonDocument(versions.versionField(), new BsonDocument("$gte", new BsonInt32(versions.newest())));
        UpdateCall update = call.withoutDocument();
        Object result = documents.update(documents.acknowledged(), update, both(filter, fresh), true);
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
            Document document = StoredDocuments.decoded(inserted);
            versions.prepare(document);
            documents.replace(List.of(new Replacement(inserted, document)));
        }
    }

    /** Two upserts of the same document: one of them inserts it, and the other one updates it then. */
    private @Nullable Object retryingUpserts(Supplier<@Nullable Object> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (MongoServerException e) {
                if (!call.options().upsert() || !isDuplicate(e) || attempt == UPSERTS) {
                    throw e;
                }
            }
        }
    }

    private static boolean isDuplicate(MongoException e) {
        return e.getCode() == DUPLICATE_KEY || ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY;
    }

    static BsonDocument both(BsonDocument one, BsonDocument other) {
        if (other.keySet().stream().noneMatch(one::containsKey)) {
            BsonDocument all = one.clone();
            all.putAll(other);
            return all;
        }
        return new BsonDocument("$and", new BsonArray(List.of(one, other)));
    }
}
