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

    private static final String LOCK = "lock";

    private static final int UPSERTS = 3;

    private final UpdateCall call;

    private final CollectionVersions versions;

    private final UpdateTransactions transactions;

    private final UnmatchedUpdate unmatched;

    /** The documents that were chosen last. */
    private List<BsonValue> chosen = List.of();

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
            UnmatchedUpdate.NewestFinder newest) {
        this.call = call;
        this.versions = versions;
        this.transactions = transactions;
        this.unmatched = new UnmatchedUpdate(call, target, versions, newest);
    }

    @Nullable
    Object run() {
        return call.isMany() ? many() : one();
    }

    private @Nullable Object one() {
        return retryingUpserts(() -> transactions.run(documents -> {
            List<RawBsonDocument> found = locked(documents);
            if (found.isEmpty()) {
                found = documents.first(call);
            }
            return found.isEmpty() ? unmatched.apply(documents) : changed(documents, found);
        }));
    }

    private Object many() {
        long[] matched = {0, 0};
        transactions.outside().ids(call, transactions.groupSize(GROUP), ids -> {
            chosen = ids;
            UpdateResult result = (UpdateResult) transactions.run(this::changedStill);
            if (result != null) {
                matched[0] += result.getMatchedCount();
                matched[1] += result.getModifiedCount();
            }
        });
        return matched[0] > 0
                ? UpdateResult.acknowledged(matched[0], matched[1], null)
                : Objects.requireNonNull(retryingUpserts(() -> transactions.run(unmatched::apply)));
    }

    /** Updates those of the chosen documents that still match. */
    private @Nullable Done changedStill(StoredDocuments documents) {
        List<RawBsonDocument> found = documents.isLocking()
                ? locked(documents)
                : documents.matching(chosenStill(documents), call.options().choice());
        return found.isEmpty() ? new Done(null) : changed(documents, found);
    }

    private BsonDocument chosenStill(StoredDocuments documents) {
        return both(documents.bson(call.filter()), StoredDocuments.withIds(chosen));
    }

    /** If others write the documents all the time, the update would have to be repeated again and again. */
    private List<RawBsonDocument> locked(StoredDocuments documents) {
        if (!documents.isLocking() || chosen.isEmpty()) {
            return List.of();
        }
        BsonDocument still = chosenStill(documents);
        documents.lock(still, versions.keptField() + "." + LOCK);
        return documents.matching(still, call.options().choice());
    }

    /** Removes what {@link #locked} has written. Returns whether there was anything. */
    private boolean unlocked(Document document) {
        if (!(document.get(versions.keptField()) instanceof Document kept) || kept.remove(LOCK) == null) {
            return false;
        }
        if (kept.isEmpty()) {
            document.remove(versions.keptField());
        }
        return true;
    }

    private @Nullable Done changed(StoredDocuments documents, List<RawBsonDocument> found) {
        chosen = found.stream().map(StoredDocuments::idOf).toList();
        List<RawBsonDocument> current = upgraded(documents, found);
        if (current == null) {
            return null;
        }
        BsonDocument filter = both(documents.bson(call.filter()), documents.only(current));
        Object result = documents.update(unmatched.target(documents), call, filter, false);
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
            Document document = Shapes.decoded(stored);
            boolean changes = unlocked(document);
            if (!versions.isUnknown(document) && !versions.isCurrent(document)) {
                document = versions.rewritten(document, versions.contracted());
                changes = true;
            }
            if (changes) {
                replacements.add(new Replacement(stored, document));
            }
            current.add(changes ? Shapes.encoded(document) : stored);
        }
        return documents.replace(replacements) ? current : null;
    }

    /** Gives the documents what older instances need, if the update has changed that. */
    private void refresh(StoredDocuments documents, List<RawBsonDocument> before) {
        Map<BsonValue, Document> known = new HashMap<>();
        for (RawBsonDocument document : before) {
            Document decoded = Shapes.decoded(document);
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
                        .map(then -> versions.refreshed(then, Shapes.decoded(after)))
                        .ifPresent(kept -> replacements.add(new Replacement(after, kept)));
            }
            open = !documents.replace(replacements);
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
        return ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY;
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
