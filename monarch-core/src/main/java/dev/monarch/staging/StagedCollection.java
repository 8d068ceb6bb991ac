package dev.monarch.staging;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import com.mongodb.client.MongoDatabase;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSink;
import dev.monarch.transfer.CollectionType;
import dev.monarch.transfer.DocumentBatch;

/** One collection that is being loaded: created, filled, counted, indexed. */
final class StagedCollection implements CollectionSink {

    private final Loading loading;

    private final MongoDatabase database;

    private final CollectionDescription description;

    private final String staging;

    private final @Nullable DocumentDigest digest;

    /** Batches that are not written yet, and one for the end that has not come. */
    private final AtomicInteger open = new AtomicInteger(1);

    private final AtomicLong received = new AtomicLong();

    private final AtomicLong bytes = new AtomicLong();

    private final AtomicLong written = new AtomicLong();

    private final AtomicLong removed = new AtomicLong();

    private final CollectionCreation creation;

    private final CompletableFuture<Void> created = new CompletableFuture<>();

    /** The first batch, until it is known whether it is the only one. */
    private @Nullable DocumentBatch first;

    StagedCollection(Loading loading, CollectionDescription description, String staging) {
        this.loading = loading;
        this.database = loading.database();
        this.description = description;
        this.staging = staging;
        this.creation = new CollectionCreation(database, description, staging);
        this.digest = loading.request().verification() == Verification.FULL ? new DocumentDigest() : null;
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
            awaitWritten();
        }
        open.incrementAndGet();
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
        written.addAndGet(
                loading.inserter().insert(documentsIn(), description.name(), documents, description.isOrdered()));
    }

    private void writeAll(List<RawBsonDocument> documents) {
        if (new SmallLoad(loading, description, staging).write(documents)) {
            written.addAndGet(documents.size());
        } else {
            creation.runAgain();
            write(documents);
        }
    }

    private void ended() {
        if (open.decrementAndGet() == 0) {
            loading.workers().finish(this::finish);
        }
        synchronized (open) {
            open.notifyAll();
        }
    }

    @Override
    public void restart() {
        letGo();
        awaitWritten();
        creation.runAgain();
        received.set(0);
        bytes.set(0);
        written.set(0);
        if (digest != null) {
            digest.clear();
        }
    }

    private void awaitWritten() {
        synchronized (open) {
            while (open.get() > 1) {
                try {
                    open.wait(100);
                    loading.workers().requireNoFailure();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw LoadWorkers.interrupted(e);
                }
            }
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
            IndexBuild build = new IndexBuild(
                    database, staging, description, loading.request().onDuplicate());
            for (IndexBuild.LeftOut document : build.run()) {
                loading.leftOut()
                        .add(
                                description.name(),
                                document.document(),
                                11000,
                                "the unique index '" + document.index() + "' allows one such document");
                removed.incrementAndGet();
            }
        }
    }

    /** Compares what came with what is there; returns what is wrong, or nothing. */
    @Nullable
    String difference() {
        LoadCheck check = new LoadCheck(database, description, documentsIn());
        return check.difference(received.get(), written.get(), removed.get(), digest);
    }

    long documents() {
        return written.get() - removed.get();
    }

    long bytes() {
        return bytes.get();
    }
}
