package dev.monarch.engine.staging;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Writes, indexes and verifies the collections of one load. It does not replace anything. */
final class StagedLoad implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StagedLoad.class);

    private final MonarchEnvironment target;

    private final StagingRequest request;

    private final LoadWorkers workers;

    private final DocumentFailures failures = new DocumentFailures();

    /** Without a limit: only the number per collection is limited. */
    private final DocumentFailures leftOut = new DocumentFailures(Integer.MAX_VALUE);

    private final StagedCollections staged = new StagedCollections();

    private final SharedLoad loading;

    private Catalogue incoming = new Catalogue("", List.of());

    StagedLoad(MonarchEnvironment target, StagingRequest request, HeldLock lock) {
        this.target = target;
        this.request = request;
        this.workers = new LoadWorkers(request.pace());
        MongoDatabase database = target.ownDatabase();
        this.loading = new SharedLoad(
                database, request, new BatchInserter(database, failures), workers, new FirstBatchMemory(), leftOut);
        lock.onLost(workers::fail);
    }

    /**
     * Sets the collections that will be loaded.
     *
     * @param catalogue their descriptions
     * @param staging returns the name of the staging collection for a collection and its number
     */
    void begin(Catalogue catalogue, BiFunction<CollectionDescription, Integer, String> staging) {
        incoming = catalogue;
        int number = 0;
        for (CollectionDescription collection : catalogue.collections()) {
            if (collection.type() != CollectionType.VIEW) {
                staged.add(new StagedCollection(loading, collection, staging.apply(collection, number++)));
            }
        }
    }

    CollectionSink collection(CollectionDescription collection) {
        StagedCollection to = staged.find(collection.name());
        return to == null ? new IgnoredCollection(collection) : to;
    }

    /** {@return the names of the staging collections, by their final names} */
    Map<String, String> names() {
        return staged.names();
    }

    /**
     * Waits until everything is written and indexed, and verifies it.
     *
     * @param accepted what is left out because this server rejects it
     * @return the result of the load
     * @throws TransferFailedException if anything differs from the source
     */
    LoadReport complete(AcceptedCatalogue accepted) {
        try {
            workers.awaitAll();
            requireAllWritten();
            requireNoDifference();
        } catch (UnbuildableIndexException e) {
            throw failed(e.reason(), e.getCause());
        }
        if (leftOut.count() > 0) {
            log.warn("{} documents of '{}' were skipped because of unique indexes", leftOut.count(), target.name());
        }
        return new LoadReport(
                incoming.collections().size(),
                staged.documents(),
                staged.bytes(),
                leftOut.kept(),
                accepted.omissions(),
                accepted.lostIndexes(),
                wasValidated());
    }

    private void requireAllWritten() {
        if (failures.count() > 0) {
            throw failed(
                    failures.count() + " documents could not be written, of '"
                            + failures.kept().get(0).collection() + "' the one with _id "
                            + failures.kept().get(0).id() + ": "
                            + failures.kept().get(0).message()
                            + loading.inserter().advice(),
                    null);
        }
    }

    private void requireNoDifference() {
        String difference = staged.difference(request.pace().workers());
        if (difference != null) {
            throw failed(difference, null);
        }
    }

    private boolean wasValidated() {
        return !loading.inserter().bypassesValidators()
                && incoming.collections().stream()
                        .anyMatch(collection -> collection.options().containsKey("validator"));
    }

    /**
     * Sets the TTL rules of the loaded collections.
     *
     * @return the rules, and how many documents have expired
     * @throws TransferFailedException if that fails
     */
    List<Expiration> setTimeToLive() {
        try {
            return staged.setTimeToLive();
        } catch (UnbuildableIndexException e) {
            throw failed(e.reason(), e.getCause());
        }
    }

    /**
     * Compares the indexes again, after the swap.
     *
     * @throws TransferFailedException if one is missing
     */
    void requireIndexes() {
        List<String> missing = staged.missingIndexes();
        if (!missing.isEmpty()) {
            throw failed(
                    "everything was replaced, but indexes are missing: " + String.join("; ", missing)
                            + ". Build them, or restore again",
                    null);
        }
    }

    private TransferFailedException failed(String reason, @Nullable Throwable cause) {
        return new TransferFailedException(request.operation(), target.name(), reason, failures.kept(), cause);
    }

    @Override
    public void close() {
        workers.close();
    }
}
