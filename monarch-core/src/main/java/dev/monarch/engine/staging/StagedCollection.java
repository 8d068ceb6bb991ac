package dev.monarch.engine.staging;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.replacement.ReplacementRequest.OnDuplicate;
import dev.monarch.replacement.ReplacementRequest.Verification;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** One collection that is being loaded: created, filled, counted, indexed. */
final class StagedCollection implements CollectionSink {

    private final Loading loading;

    private final MongoDatabase database;

    private final CollectionDescription description;

    /** What is loaded: the collection without what deletes documents by their age. */
    private final CollectionDescription parked;

    private final String staging;

    private final @Nullable DocumentDigest digest;

    private final OpenBatches open;

    private final AtomicLong received = new AtomicLong();

    private final AtomicLong bytes = new AtomicLong();

    private final AtomicLong written = new AtomicLong();

    private final LeftOutDocuments leftOut;

    /** How many of those that are left out were never written. */
    private final AtomicLong twins = new AtomicLong();

    private final BatchInserter inserter;

    private final CollectionCreation creation;

    private final CompletableFuture<Void> created = new CompletableFuture<>();

    /** The first batch, until it is known whether it is the only one. */
    private @Nullable DocumentBatch first;

    StagedCollection(Loading loading, CollectionDescription description, String staging) {
        this.loading = loading;
        this.database = loading.database();
        this.description = description;
        this.staging = staging;
        this.parked = TimeToLive.parked(description);
        this.open = new OpenBatches(loading.workers());
        this.creation = new CollectionCreation(database, parked, staging);
        this.digest = loading.request().load().verification() == Verification.FULL ? new DocumentDigest() : null;
        this.leftOut = new LeftOutDocuments(description.name(), digest);
        this.inserter = loading.inserter().telling(this::reject);
        loading.workers().prepare(this::prepare);
    }

    private void prepare() {
        try {
            creation.run();
            created.complete(null);
        } catch (RuntimeException e) {
            created.completeExceptionally(e);
            throw e;
        }
    }

    CollectionDescription description() {
        return description;
    }

    /** The collection that is renamed, or copied from, in the end. */
    String staging() {
        return staging;
    }

    private String documentsIn() {
        return description.type() == CollectionType.TIME_SERIES ? "system.buckets." + staging : staging;
    }

    @Override
    public void documents(DocumentBatch batch) {
        boolean begins = received.get() == 0;
        received.addAndGet(batch.documents());
        bytes.addAndGet(batch.length());
        if (begins && SmallLoad.suits(description) && loading.held().take(batch.length())) {
            first = batch;
            return;
        }
        DocumentBatch held = letGo();
        if (held != null) {
            insert(held, this::write);
        }
        insert(batch, this::write);
    }

    private @Nullable DocumentBatch letGo() {
        DocumentBatch held = first;
        first = null;
        if (held != null) {
            loading.held().giveBack(held.length());
        }
        return held;
    }

    private void insert(DocumentBatch batch, Consumer<List<RawBsonDocument>> write) {
        if (description.isOrdered()) {
            // In a capped collection one batch comes after another.
            open.awaitWritten();
        }
        open.begin();
        loading.workers().insert(batch.length(), () -> {
            created.join();
            List<RawBsonDocument> documents =
                    batch.split().stream().map(IdFirst::of).toList();
            if (digest != null) {
                documents.forEach(digest::add);
            }
            write.accept(documents);
            ended();
        });
    }

    private void write(List<RawBsonDocument> documents) {
        written.addAndGet(inserter.insert(documentsIn(), description.name(), documents, description.isOrdered()));
    }

    /** Of two documents with one {@code _id} the first that was written stays. */
    private void reject(String collection, RawBsonDocument document, InsertReply.Rejection rejection) {
        boolean twin = rejection.isThere() && loading.request().load().onDuplicate() == OnDuplicate.REPORT;
        if (twin && leftOut.add(document, "a document with this _id came before it")) {
            twins.incrementAndGet();
        } else {
            loading.inserter().rejections().add(collection, document, rejection);
        }
    }

    private void writeAll(List<RawBsonDocument> documents) {
        if (new SmallLoad(loading, parked, staging).write(documents)) {
            written.addAndGet(documents.size());
        } else {
            creation.runAgain();
            write(documents);
        }
    }

    private void ended() {
        open.end(() -> loading.workers().finish(this::finish));
    }

    @Override
    public void restart() {
        letGo();
        open.awaitWritten();
        creation.runAgain();
        received.set(0);
        bytes.set(0);
        written.set(0);
        twins.set(0);
        leftOut.clear();
        if (digest != null) {
            digest.clear();
        }
    }

    @Override
    public void end() {
        DocumentBatch all = letGo();
        if (all != null) {
            insert(all, this::writeAll);
        }
        ended();
    }

    private void finish() {
        created.join();
        if (!creation.isPlainCopy()) {
            // Those of a small load are asked for again: a failover may have taken them back.
            new IndexBuild(loading, parked, staging, leftOut).run();
        }
        loading.leftOut().addAll(leftOut.all());
    }

    /** Compares what came with what is there; returns what is wrong, or nothing. */
    @Nullable
    String difference() {
        LoadCheck check = new LoadCheck(database, description, documentsIn());
        String difference = check.difference(received.get() - twins.get(), written.get(), removed(), digest);
        return difference == null ? missingIndexes(staging) : difference;
    }

    /**
     * Looks once more: a failover can take an index back that was built.
     *
     * @param name the name under which the collection stands now
     * @return what it lacks; null if nothing
     */
    @Nullable
    String missingIndexes(String name) {
        List<BsonDocument> expected = creation.isPlainCopy() ? List.of() : indexes();
        IndexComparison comparison =
                expected.isEmpty() ? IndexComparison.COMPLETE : IndexComparison.afterBuilds(database, name, expected);
        return comparison.isComplete()
                ? null
                : "'" + description.name() + "' was loaded, and lacks " + comparison.inWords();
    }

    /** Returns the definitions of the indexes that it has when it is loaded. */
    List<BsonDocument> indexes() {
        return IndexRules.toBuild(parked);
    }

    /**
     * Has the server delete old documents from now on; to be called when all is verified.
     *
     * @return the rules, and how many documents they concern
     * @throws UnbuildableIndexException if that cannot be done
     */
    List<Expiration> setTimeToLive() {
        boolean park = loading.request().replacement().parkTimeToLive();
        return new StagedExpiration(database, description, staging, park).set();
    }

    /** Returns how many documents were written and had to go. */
    private long removed() {
        return leftOut.count() - twins.get();
    }

    long documents() {
        return written.get() - removed();
    }

    long bytes() {
        return bytes.get();
    }
}
