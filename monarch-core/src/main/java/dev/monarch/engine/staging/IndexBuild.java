package dev.monarch.engine.staging;

import java.util.List;
import java.util.Optional;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.server.TransientFailure;
import dev.monarch.engine.staging.UniqueTrial.Refused;
import dev.monarch.replacement.LoadOptions.OnDuplicate;
import dev.monarch.transfer.CollectionDescription;

/** Builds all indexes of one staging collection, and finds the documents that prevent it. */
final class IndexBuild {

    private static final Logger log = LoggerFactory.getLogger(IndexBuild.class);

    private static final int DUPLICATE_KEY = 11000;

    /** How many documents with the same key are examined to name two of them. */
    private static final int CANDIDATES = 1_000;

    private final SharedLoad loading;

    private final MongoDatabase database;

    private final CollectionDescription collection;

    private final String staging;

    private final SkippedDocuments leftOut;

    private final List<BsonDocument> indexes;

    /**
     * Prepares the build.
     *
     * @param leftOut receives the documents that are removed because of a unique index
     */
    IndexBuild(SharedLoad loading, CollectionDescription collection, String staging, SkippedDocuments leftOut) {
        this.loading = loading;
        this.database = loading.database();
        this.collection = collection;
        this.staging = staging;
        this.leftOut = leftOut;
        this.indexes = IndexRules.toBuild(collection);
    }

    /**
     * Builds the indexes.
     *
     * @throws UnbuildableIndexException if one of them cannot be built
     */
    void run() {
        if (!indexes.isEmpty()) {
            build();
        }
    }

    private void build() {
        while (true) {
            try {
                new IndexCreation(database, staging).run(indexes);
                return;
            } catch (MongoCommandException e) {
                if (TransientFailure.is(e)) {
                    throw e;
                }
                if (e.getErrorCode() != DUPLICATE_KEY) {
                    throw unbuildable(e);
                }
                if (loading.request().load().onDuplicate() == OnDuplicate.FAIL) {
                    throw duplicate(e);
                }
                leaveOut(e);
            }
        }
    }

    private void leaveOut(MongoCommandException failure) {
        List<BsonDocument> unique = indexes.stream()
                .filter(index -> DuplicateKey.isSet(index.get("unique")))
                .toList();
        try (UniqueTrial trial = new UniqueTrial(loading, collection, staging, unique)) {
            List<Refused> refused = trial.refused(Filters.empty(), leftOut.remaining() + 1);
            if (refused.isEmpty()) {
                throw unbuildable(failure);
            }
            if (refused.size() > leftOut.remaining()) {
                throw new UnbuildableIndexException(
                        "the unique index '" + refused.get(0).index() + "' of '" + collection.name()
                                + "' cannot be built: more than " + SkippedDocuments.MAX
                                + " documents would be left out",
                        failure);
            }
            refused.forEach(document -> leftOut.remove(
                    database,
                    staging,
                    document.id(),
                    "the unique index '" + document.index() + "' allows one such document"));
        }
    }

    /** Names two of the documents, if the server reports a key that a query can find. */
    private UnbuildableIndexException duplicate(MongoCommandException failure) {
        Optional<DuplicateKey> duplicate = DuplicateKey.of(failure, indexes);
        if (duplicate.isEmpty()) {
            return unbuildable(failure);
        }
        DuplicateKey key = duplicate.get();
        List<BsonValue> candidates = key.ids(database.getCollection(staging, BsonDocument.class), CANDIDATES);
        try (UniqueTrial trial = new UniqueTrial(loading, collection, staging, List.of(key.index()))) {
            List<Refused> refused = trial.refused(Filters.in("_id", candidates), 1);
            BsonValue first = refused.isEmpty() ? null : trial.allowed(key);
            return first == null
                    ? unbuildable(failure)
                    : new UnbuildableIndexException(
                            "the unique index '" + key.name() + "' of '" + collection.name()
                                    + "' cannot be built: the documents " + json(first) + " and "
                                    + json(refused.get(0).id()) + " have the same "
                                    + key.key().toJson(),
                            failure);
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            log.debug("Cannot name the documents that prevent an index of '{}'", collection.name(), e);
            return unbuildable(failure);
        }
    }

    private UnbuildableIndexException unbuildable(MongoCommandException failure) {
        return new UnbuildableIndexException(
                "the indexes of '" + collection.name() + "' cannot be built: " + failure.getErrorMessage(), failure);
    }

    private static String json(BsonValue id) {
        return new BsonDocument("_id", id).toJson();
    }
}
