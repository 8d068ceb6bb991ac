package dev.monarch.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

import dev.monarch.server.TransientFailure;
import dev.monarch.transfer.CollectionDescription;

/** Builds all indexes of one staging collection with one command. */
final class IndexBuild {

    private static final int DUPLICATE_KEY = 11000;

    /** More of them are rather a mistake than some bad documents. */
    private static final int MOST_DUPLICATES = 1_000;

    private final MongoDatabase database;

    private final String staging;

    private final CollectionDescription collection;

    private final OnDuplicate onDuplicate;

    private final List<LeftOut> leftOut = new ArrayList<>();

    /** A document that a unique index did not allow. */
    record LeftOut(BsonDocument document, String index) {}

    IndexBuild(MongoDatabase database, String staging, CollectionDescription collection, OnDuplicate onDuplicate) {
        this.database = database;
        this.staging = staging;
        this.collection = collection;
        this.onDuplicate = onDuplicate;
    }

    /**
     * Builds them.
     *
     * @return the documents that had to go for it
     * @throws UnbuildableIndexException if one cannot be built
     */
    List<LeftOut> run() {
        List<BsonDocument> indexes = IndexRules.toBuild(collection);
        if (!indexes.isEmpty()) {
            build(indexes);
        }
        return leftOut;
    }

    /**
     * Creates them all on a collection that is still empty.
     *
     * @throws MongoException if that cannot be done; {@link #run} tells why
     */
    void createOnEmpty() {
        create(IndexRules.toBuild(collection));
    }

    private void build(List<BsonDocument> indexes) {
        int attempt = 1;
        List<BsonDocument> missing = indexes;
        while (!missing.isEmpty()) {
            try {
                create(missing);
                return;
            } catch (MongoCommandException e) {
                if (e.getErrorCode() == DUPLICATE_KEY) {
                    resolve(e, missing);
                } else if (TransientFailure.is(e)) {
                    WriteAttempts.pauseBeforeNext(e, attempt++);
                } else {
                    throw unbuildable(e);
                }
            } catch (MongoException e) {
                WriteAttempts.pauseBeforeNext(e, attempt++);
            }
            // What ended in an error may have happened all the same: D23.
            missing = missing(indexes);
        }
    }

    private void create(List<BsonDocument> indexes) {
        BsonDocument command = new BsonDocument("createIndexes", new BsonString(staging))
                .append("indexes", new BsonArray(indexes))
                .append("ignoreUnknownIndexOptions", BsonBoolean.TRUE);
        database.runCommand(command, BsonDocument.class);
    }

    private List<BsonDocument> missing(List<BsonDocument> indexes) {
        Set<String> there =
                database.getCollection(staging).listIndexes(BsonDocument.class).into(new ArrayList<>()).stream()
                        .map(index -> index.getString("name").getValue())
                        .collect(Collectors.toSet());
        return indexes.stream()
                .filter(index -> !there.contains(index.getString("name").getValue()))
                .toList();
    }

    private void resolve(MongoCommandException failure, List<BsonDocument> indexes) {
        DuplicateKey duplicate = DuplicateKey.of(failure, indexes).orElseThrow(() -> unbuildable(failure));
        MongoCollection<BsonDocument> documents = database.getCollection(staging, BsonDocument.class);
        List<BsonDocument> same = duplicate.documents(documents, MOST_DUPLICATES);
        if (same.size() < 2) {
            throw unbuildable(failure);
        }
        if (onDuplicate == OnDuplicate.FAIL || leftOut.size() + same.size() > MOST_DUPLICATES) {
            throw new UnbuildableIndexException(
                    "the unique index '" + duplicate.name() + "' of '" + collection.name()
                            + "' cannot be built: the documents " + ids(same) + " have the same "
                            + duplicate.key().toJson(),
                    failure);
        }
        for (BsonDocument document : same.subList(1, same.size())) {
            documents.deleteOne(Filters.eq(document.get("_id")));
            leftOut.add(new LeftOut(document, duplicate.name()));
        }
    }

    private UnbuildableIndexException unbuildable(MongoCommandException failure) {
        return new UnbuildableIndexException(
                "the indexes of '" + collection.name() + "' cannot be built: " + failure.getErrorMessage(), failure);
    }

    private static String ids(List<BsonDocument> documents) {
        return documents.stream()
                .limit(2)
                .map(document -> new BsonDocument("_id", document.get("_id")).toJson())
                .collect(Collectors.joining(" and "));
    }
}
