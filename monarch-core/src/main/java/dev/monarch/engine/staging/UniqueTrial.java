package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.server.RawBytes;
import dev.monarch.engine.server.ServerCommand;
import dev.monarch.engine.staging.InsertReply.Rejection;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.transfer.CollectionDescription;

/**
 * Finds the documents that unique indexes do not allow. It inserts the indexed fields of each document into an empty
 * collection with these indexes.
 *
 * <p>No query finds the same documents as an index, which compares nested arrays, undefined values and collations
 * differently. So the server itself decides, document by document. One pass finds all of them.
 */
final class UniqueTrial implements AutoCloseable {

    private static final String ID = "_id";

    private static final int BATCH_DOCUMENTS = 1_000;

    private static final int BATCH_BYTES = 2 * 1024 * 1024;

    private final SharedLoad loading;

    private final String staging;

    private final List<BsonDocument> indexes;

    private final String trial;

    private final List<Refused> refused = new ArrayList<>();

    /**
     * A document that is not allowed because of an earlier one.
     *
     * @param id its {@code _id}
     * @param index the name of the index
     */
    record Refused(BsonValue id, String index) {}

    /**
     * Creates the empty collection.
     *
     * @param staging the collection with the documents
     * @param indexes the unique indexes
     */
    UniqueTrial(SharedLoad loading, CollectionDescription collection, String staging, List<BsonDocument> indexes) {
        this.loading = loading;
        this.staging = staging;
        this.indexes = indexes;
        this.trial = name(staging);
        BsonDocument create = new BsonDocument("create", new BsonString(trial));
        BsonValue collation = collection.options().get("collation");
        if (collation != null) {
            create.append("collation", collation);
        }
        ServerCommand.write(database(), create);
        new IndexCreation(database(), trial).run(indexes);
    }

    /** A name under which it is removed together with the staging collections. */
    private static String name(String staging) {
        String run = staging.startsWith(OwnCollections.STAGING_PREFIX)
                ? staging
                : OwnCollections.STAGING_PREFIX + UUID.randomUUID().toString().substring(0, 8);
        return run + ".unique";
    }

    /**
     * Returns the documents that are not allowed, in the order of their {@code _id}. Of documents that exclude each
     * other, the first one is allowed.
     *
     * @param among the documents to examine
     * @param most after how many to stop
     */
    List<Refused> refused(Bson among, int most) {
        List<RawBsonDocument> batch = new ArrayList<>();
        int bytes = 0;
        for (RawBsonDocument document : database()
                .getCollection(staging, RawBsonDocument.class)
                .find(among)
                .projection(Projections.include(List.copyOf(fields())))
                .sort(Sorts.ascending(ID))) {
            batch.add(document);
            bytes += RawBytes.of(document).length();
            if (batch.size() == BATCH_DOCUMENTS || bytes > BATCH_BYTES) {
                insert(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            if (refused.size() >= most) {
                return List.copyOf(refused);
            }
        }
        insert(batch);
        return List.copyOf(refused);
    }

    private void insert(List<RawBsonDocument> documents) {
        loading.inserter()
                .reportingTo((collection, document, rejection) -> refuse(document, rejection))
                .insert(trial, trial, documents, true);
    }

    private void refuse(RawBsonDocument document, Rejection rejection) {
        String index = DuplicateKey.index(rejection.message(), indexes)
                .map(DuplicateKey::name)
                .orElseThrow(() -> new UnbuildableIndexException(
                        "the document with _id " + document.get(ID) + " cannot be indexed: " + rejection.message(),
                        null));
        refused.add(new Refused(document.get(ID, BsonNull.VALUE), index));
    }

    /** Returns the document that one of the indexes contains under a key. */
    @Nullable
    BsonValue allowed(DuplicateKey duplicate) {
        MongoCollection<BsonDocument> allowed = database().getCollection(trial, BsonDocument.class);
        // A query is not exact, but the keys of an index are.
        BsonDocument first = duplicate
                .in(allowed)
                .hintString(duplicate.name())
                .min(duplicate.key())
                .first();
        return first == null ? null : first.get(ID);
    }

    /** The top-level fields that the indexes need, because a query cannot select a part of an array. */
    private Set<String> fields() {
        Set<String> fields = new TreeSet<>(Set.of(ID));
        for (BsonDocument index : indexes) {
            index.getDocument("key").keySet().forEach(path -> fields.add(firstLevel(path)));
            addFields(index.getDocument("partialFilterExpression", new BsonDocument()), fields);
        }
        return fields;
    }

    private static void addFields(BsonDocument filter, Set<String> fields) {
        filter.forEach((key, value) -> {
            if (!key.startsWith("$")) {
                fields.add(firstLevel(key));
            } else if (value instanceof BsonArray filters) {
                filters.forEach(one -> addFields(one.asDocument(), fields));
            }
        });
    }

    private static String firstLevel(String path) {
        return path.split("\\.", 2)[0];
    }

    private MongoDatabase database() {
        return loading.database();
    }

    @Override
    public void close() {
        database().getCollection(trial).drop();
    }
}
