package dev.monarch.engine.staging;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.history.HistoryCollection;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.Uninterrupted;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.Omission;

/**
 * Loads a database into staging collections, and then replaces the target's collections with them.
 *
 * <p>Until {@link #swap()} the target is unchanged. If anything fails before, closing removes the loaded data. After
 * the first step of the swap, nothing is rolled back: if a process crashes, the next one completes the swap ({@link
 * InterruptedSwaps}). The caller must hold the lock of the target all the time. For one transfer. The methods that do
 * not belong to the sink are for the thread that opened it.
 */
final class StagedDatabase implements TransferSink, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StagedDatabase.class);

    private final MonarchEnvironment target;

    private final MongoDatabase database;

    private final HeldLock lock;

    private final StagingRequest request;

    private final Journal journal;

    private final LoadWorkers workers;

    private final DocumentFailures failures = new DocumentFailures();

    /** Without a limit: only the number per collection is limited. */
    private final DocumentFailures leftOut = new DocumentFailures(Integer.MAX_VALUE);

    private final StagedCollections staged = new StagedCollections();

    private final ConfirmedScope confirmedScope;

    private final SharedLoad loading;

    private List<Expiration> expirations = List.of();

    private Catalogue incoming = new Catalogue("", List.of());

    private List<Omission> omissions = List.of();

    private List<Omission> lostIndexes = List.of();

    private @Nullable String run;

    private @Nullable TargetWatch watch;

    private boolean loaded;

    private boolean inPlaceHasBegun;

    private StagedDatabase(ReplacementPlanner planner, HeldLock lock, ConfirmedScope confirmedScope) {
        this.target = planner.target();
        this.database = target.ownDatabase();
        this.lock = lock;
        this.request = planner.request();
        this.confirmedScope = confirmedScope;
        this.journal = new Journal(database);
        this.workers = new LoadWorkers(request.pace());
        this.loading = new SharedLoad(
                database, request, new BatchInserter(database, failures), workers, new FirstBatchMemory(), leftOut);
        lock.onLost(workers::fail);
    }

    /**
     * Prepares a load. It writes nothing before {@link #begin}.
     *
     * @param planner plans the replacement of the target
     * @param lock the lock of the target
     * @param plan what will be done; null to plan when the collections of the source are known
     * @param expectedBytes the expected number of bytes of documents; -1 if unknown
     * @return the database that will be loaded
     */
    static StagedDatabase open(
            ReplacementPlanner planner, HeldLock lock, @Nullable PlannedReplacement plan, long expectedBytes) {
        return new StagedDatabase(planner, lock, new ConfirmedScope(planner, plan, expectedBytes));
    }

    /**
     * {@inheritDoc}
     *
     * @throws OperationRefusedException if something prevents the replacement; it lists everything that does
     */
    @Override
    public void begin(Catalogue catalogue) {
        AcceptedCatalogue accepted = accepted(catalogue);
        ReplacementScope scope = confirmedScope.of(accepted.catalogue());
        incoming = scope.incoming();
        omissions = accepted.omissions();
        lostIndexes = accepted.lostIndexes();
        watch = new TargetWatch(database, scope.affected());
        lock.ensureHeld();
        run = journal.begin(request.operation(), inPlace(), lock.serverTime());
        tryOutViews();
        if (request.replacement().inPlace()) {
            log.warn("Loading in place into '{}', which is unsafe: if it fails, the data is incomplete", target.name());
        }
        int number = 0;
        for (CollectionDescription collection : incoming.collections()) {
            if (collection.type() != CollectionType.VIEW) {
                staged.add(new StagedCollection(loading, collection, stagingName(collection, number++)));
            }
        }
    }

    private AcceptedCatalogue accepted(Catalogue catalogue) {
        AcceptedCatalogue accepted = AcceptedCatalogue.of(catalogue, request.indexes());
        if (!accepted.problems().isEmpty()) {
            throw new OperationRefusedException(request.operation(), target.name(), accepted.problems());
        }
        accepted.omissions().forEach(omission -> log.warn("Loading into '{}': {}", target.name(), omission));
        return accepted;
    }

    private @Nullable InPlace inPlace() {
        StagingRequest.Replacement replacement = request.replacement();
        return replacement.inPlace()
                ? new InPlace(
                        incoming.collections().stream()
                                .map(CollectionDescription::name)
                                .collect(Collectors.toSet()),
                        replacement.removeOthers())
                : null;
    }

    private void tryOutViews() {
        List<Fact> problems = new ViewTrial(database)
                .run(incoming, OwnCollections.STAGING_PREFIX + run + ".").stream()
                        .map(problem -> new Fact(Reason.VIEW_NOT_POSSIBLE, problem))
                        .toList();
        if (!problems.isEmpty()) {
            inPlaceHasBegun = false;
            throw new OperationRefusedException(request.operation(), target.name(), problems);
        }
        inPlaceHasBegun = request.replacement().inPlace();
    }

    /** A name with the id of the run, short enough for every database. The journal has the final name. */
    private String stagingName(CollectionDescription collection, int number) {
        return request.replacement().inPlace() ? collection.name() : OwnCollections.STAGING_PREFIX + run + "." + number;
    }

    @Override
    public CollectionSink collection(CollectionDescription collection) {
        StagedCollection to = staged.find(collection.name());
        return to == null ? new IgnoredCollection(collection) : to;
    }

    /**
     * Waits until everything is written and indexed, and verifies it.
     *
     * @return the result of the load
     * @throws TransferFailedException if anything differs from the source; the target is unchanged
     */
    public LoadReport load() {
        try {
            workers.awaitAll();
            if (failures.count() > 0) {
                throw failed(
                        failures.count() + " documents could not be written, of '"
                                + failures.kept().get(0).collection() + "' the one with _id "
                                + failures.kept().get(0).id() + ": "
                                + failures.kept().get(0).message()
                                + loading.inserter().advice(),
                        null);
            }
            String difference = staged.difference();
            if (difference != null) {
                throw failed(difference, null);
            }
        } catch (UnbuildableIndexException e) {
            throw failed(e.reason(), e.getCause());
        }
        loaded = true;
        if (leftOut.count() > 0) {
            log.warn("{} documents of '{}' were skipped because of unique indexes", leftOut.count(), target.name());
        }
        return new LoadReport(
                incoming.collections().size(),
                staged.documents(),
                staged.bytes(),
                leftOut.kept(),
                omissions,
                lostIndexes,
                wasValidated());
    }

    private boolean wasValidated() {
        return !loading.inserter().bypassesValidators()
                && incoming.collections().stream()
                        .anyMatch(collection -> collection.options().containsKey("validator"));
    }

    private TransferFailedException failed(String reason, @Nullable Throwable cause) {
        return new TransferFailedException(request.operation(), target.name(), reason, failures.kept(), cause);
    }

    /**
     * Marks migrations that were running in the source as {@code INTERRUPTED}, because they do not run here.
     *
     * @return the number of migrations that were running
     */
    public long interruptMigrations() {
        StagedCollection history = staged.find(request.replacement().last());
        return history == null
                ? 0
                : HistoryCollection.of(database, history.staging()).interrupt();
    }

    /**
     * Replaces the target's data with the loaded data.
     *
     * @return how many collections were replaced, created or removed
     * @throws OperationRefusedException if another client has written to what would be replaced; nothing has been
     *     replaced
     * @throws TransferFailedException if a TTL rule cannot be set; nothing has been replaced
     * @throws dev.monarch.SwapInterruptedException if the swap has started and could not be completed
     */
    public int swap() {
        if (!loaded) {
            throw new IllegalStateException("load() has not verified the data");
        }
        lock.ensureHeld();
        setTimeToLive();
        int steps = new CheckedSwap(target, lock, request, Objects.requireNonNull(run), Objects.requireNonNull(watch))
                .run(incoming, staged.names());
        requireIndexes();
        return steps;
    }

    private void setTimeToLive() {
        try {
            expirations = staged.setTimeToLive();
        } catch (UnbuildableIndexException e) {
            throw failed(e.reason(), e.getCause());
        }
    }

    /** Returns the TTL rules of the loaded collections; complete after {@link #swap()}. */
    List<Expiration> expirations() {
        return expirations;
    }

    private void requireIndexes() {
        List<String> missing = staged.missingIndexes();
        if (!missing.isEmpty()) {
            throw failed(
                    "everything was replaced, but indexes are missing: " + String.join("; ", missing)
                            + ". Build them, or restore again",
                    null);
        }
    }

    /** Removes the loaded data, unless the swap has started. Works on an interrupted thread, too. */
    @Override
    public void close() {
        if (Thread.currentThread().isInterrupted()) {
            Uninterrupted.run(this::clean);
        } else {
            clean();
        }
    }

    private void clean() {
        workers.close();
        // A load in place stays in the journal, because the environment is incomplete.
        if (run != null && !inPlaceHasBegun) {
            try {
                new StagingCleanup(database, journal).remove(run);
            } catch (MongoException e) {
                log.warn("Could not remove the data loaded into '{}'; the next run removes it", target.name(), e);
            }
        }
    }
}
