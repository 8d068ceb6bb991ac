package dev.monarch.engine.staging;

import java.util.List;
import java.util.function.Consumer;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.replacement.LoadOptions.OnDuplicate;
import dev.monarch.replacement.LoadOptions.Verification;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** One collection that is being loaded: it creates, fills, counts and indexes the staging collection. */
final class StagedCollection implements CollectionSink {

    private final SharedLoad loading;

    private final MongoDatabase database;

    private final CollectionDescription description;

    /** The collection to load, without its TTL rules. */
    private final CollectionDescription parked;

    private final String staging;

    private final LoadedDocuments documents;

    private final OpenBatches open;

    private final PortionedWrites writes;

    private final CollectionCreation creation;

    private final FirstStep creating = new FirstStep();

    /** Whether the indexes were created before the documents were written. */
    private volatile boolean indexedFirst;

    /** The first batch, until it is known whether it is the only one. */
    private @Nullable DocumentBatch first;

    StagedCollection(SharedLoad loading, CollectionDescription description, String staging) {
        this.loading = loading;
        this.database = loading.database();
        this.description = description;
        this.staging = staging;
        this.parked = TimeToLive.parked(description);
        this.open = new OpenBatches(loading.workers());
        this.creation = new CollectionCreation(database, parked, staging);
        boolean readBack = loading.request().load().verification() == Verification.FULL;
        this.documents = new LoadedDocuments(description.name(), readBack ? new DocumentDigest() : null);
        this.writes = new PortionedWrites(
                loading.inserter().reportingTo(this::reject),
                loading.request().pace(),
                documentsIn(),
                description.name());
        loading.workers().prepare(() -> creating.run(creation::run));
    }

    CollectionDescription description() {
        return description;
    }

    /** {@return the collection that is finally renamed, or copied from} */
    String staging() {
        return staging;
    }

    private String documentsIn() {
        return description.type() == CollectionType.TIME_SERIES ? "system.buckets." + staging : staging;
    }

    @Override
    public void documents(DocumentBatch batch) {
        boolean begins = documents.receive(batch);
        if (begins && SmallLoad.suits(description) && loading.held().reserve(batch.length())) {
            first = batch;
            return;
        }
        DocumentBatch held = takeFirst();
        if (held != null) {
            insert(held, this::write);
        }
        insert(batch, this::write);
    }

    private @Nullable DocumentBatch takeFirst() {
        DocumentBatch held = first;
        first = null;
        if (held != null) {
            loading.held().release(held.length());
        }
        return held;
    }

    private void insert(DocumentBatch batch, Consumer<List<RawBsonDocument>> write) {
        if (description.isOrdered()) {
            // In a capped collection, batches are written one after another.
            open.awaitWritten();
        }
        open.begin();
        loading.workers().insert(batch.length(), () -> {
            creating.await();
            List<RawBsonDocument> split =
                    batch.split().stream().map(IdFirst::of).toList();
            documents.digest(split);
            write.accept(split);
            ended();
        });
    }

    private void write(List<RawBsonDocument> batch) {
        documents.wrote(description.isOrdered() ? writes.writeInOrder(batch) : writes.write(batch));
    }

    /** If two documents have the same {@code _id}, the one that was written first stays. */
    private void reject(String collection, RawBsonDocument document, InsertReply.Rejection rejection) {
        boolean sameId = rejection.idExists() && loading.request().load().onDuplicate() == OnDuplicate.REPORT;
        if (!sameId || !documents.skip(document, "an earlier document has the same _id")) {
            loading.inserter().rejections().add(collection, document, rejection);
        }
    }

    private void writeAll(List<RawBsonDocument> all) {
        if (new SmallLoad(loading, parked, staging).write(all)) {
            indexedFirst = true;
            documents.wrote(all.size());
        } else {
            creation.runAgain();
            write(all);
        }
    }

    private void ended() {
        open.end(() -> loading.workers().finish(this::finish));
    }

    @Override
    public void restart() {
        takeFirst();
        open.awaitWritten();
        creation.runAgain();
        documents.clear();
    }

    @Override
    public void end() {
        DocumentBatch all = takeFirst();
        if (all != null) {
            insert(all, this::writeAll);
        }
        ended();
    }

    private void finish() {
        creating.await();
        if (!creation.isPlainCopy() && !indexedFirst) {
            buildIndexes();
        }
        loading.leftOut().addAll(documents.skipped().all());
    }

    private void buildIndexes() {
        new IndexBuild(loading, parked, staging, documents.skipped()).run();
    }

    /** Compares the documents of the source with those in the collection. Returns what differs, or null. */
    @Nullable
    String difference() {
        String difference = documents.difference(new LoadCheck(database, description, documentsIn()));
        return difference == null ? missingIndexesNow() : difference;
    }

    private @Nullable String missingIndexesNow() {
        String missing = missingIndexes(staging);
        if (missing == null || !indexedFirst) {
            return missing;
        }
        // A failover may have rolled them back.
        buildIndexes();
        return missingIndexes(staging);
    }

    /**
     * Compares the indexes again: a failover can roll back an index that was built.
     *
     * @param name the current name of the collection
     * @return what is missing; null if nothing is
     */
    @Nullable
    String missingIndexes(String name) {
        List<BsonDocument> expected = creation.isPlainCopy() ? List.of() : indexes();
        IndexComparison comparison =
                expected.isEmpty() ? IndexComparison.COMPLETE : IndexComparison.afterBuilds(database, name, expected);
        return comparison.isComplete()
                ? null
                : "'" + description.name() + "' was loaded, but lacks " + comparison.describe();
    }

    /** {@return the definitions of the indexes that it has when it is loaded} */
    List<BsonDocument> indexes() {
        return IndexRules.toBuild(parked);
    }

    /**
     * Sets the TTL rules, so that the server deletes expired documents from now on. Call it when everything is
     * verified.
     *
     * @return the rules, and how many documents have expired
     * @throws UnbuildableIndexException if that fails
     */
    List<Expiration> setTimeToLive() {
        boolean park = loading.request().replacement().parkTimeToLive();
        return new StagedExpiration(database, description, staging, park).set();
    }

    long documents() {
        return documents.count();
    }

    long bytes() {
        return documents.bytes();
    }
}
