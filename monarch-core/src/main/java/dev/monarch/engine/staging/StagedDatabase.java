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
 * Takes a database into staging collections beside the real ones, and then puts it in their place.
 *
 * <p>Until {@link #swap()} the target is what it was; whatever goes wrong before, closing removes what was loaded. From the
 * first step of the swap on it goes forward only, and what a crash interrupts the next contact ends ({@link
 * InterruptedSwaps}). The lock of the target is to be held all the time. For one transfer; the methods that are not the
 * sink's are for the thread that opened it.
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

    /** All of them: of one collection there is a limit to them. */
    private final DocumentFailures leftOut = new DocumentFailures(Integer.MAX_VALUE);

    private final StagedCollections staged = new StagedCollections();

    private final AgreedScope agreed;

    private final Loading loading;

    private List<Expiration> expirations = List.of();

    private Catalogue coming = new Catalogue("", List.of());

    private List<Omission> omissions = List.of();

    private List<Omission> lostIndexes = List.of();

    private @Nullable String run;

    private @Nullable TargetWatch watch;

    private boolean loaded;

    private boolean inPlaceHasBegun;

    private StagedDatabase(ReplacementPlanner planner, HeldLock lock, AgreedScope agreed) {
        this.target = planner.target();
        this.database = target.ownDatabase();
        this.lock = lock;
        this.request = planner.request();
        this.agreed = agreed;
        this.journal = new Journal(database);
        this.workers = new LoadWorkers(request.load().workers());
        this.loading = new Loading(
                database, request, new BatchInserter(database, failures), workers, new HeldBatches(), leftOut);
        lock.onLost(workers::fail);
    }

    /**
     * Prepares to take a database; nothing is written before {@link #begin}.
     *
     * @param planner knows whose database is to be replaced, and how
     * @param lock the lock of the target
     * @param plan what is to be done; null to plan when it is known what comes
     * @param expectedBytes how many bytes of documents are going to come; -1 if that is not known
     * @return the database that is going to be loaded
     */
    static StagedDatabase open(
            ReplacementPlanner planner, HeldLock lock, @Nullable PlannedReplacement plan, long expectedBytes) {
        return new StagedDatabase(planner, lock, new AgreedScope(planner, plan, expectedBytes));
    }

    /**
     * {@inheritDoc}
     *
     * @throws OperationRefusedException if something prevents the replacement, with all that does
     */
    @Override
    public void begin(Catalogue catalogue) {
        AcceptedCatalogue accepted = accepted(catalogue);
        ReplacementScope scope = agreed.of(accepted.catalogue());
        coming = scope.coming();
        omissions = accepted.omissions();
        lostIndexes = accepted.lostIndexes();
        watch = new TargetWatch(database, scope.going());
        lock.ensureHeld();
        run = journal.begin(request.operation(), inPlace());
        tryOutViews();
        if (request.replacement().inPlace()) {
            log.warn(
                    "Loading in place into '{}', which is unsafe: if it fails, a part of the data is there",
                    target.name());
        }
        int number = 0;
        for (CollectionDescription collection : coming.collections()) {
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

    private Journal.@Nullable InPlace inPlace() {
        StagingRequest.Replacement replacement = request.replacement();
        return replacement.inPlace()
                ? new Journal.InPlace(
                        coming.collections().stream()
                                .map(CollectionDescription::name)
                                .collect(Collectors.toSet()),
                        replacement.removeOthers())
                : null;
    }

    private void tryOutViews() {
        List<Fact> problems = new ViewTrial(database)
                .run(coming, OwnCollections.STAGING_PREFIX + run + ".").stream()
                        .map(problem -> new Fact(Reason.VIEW_NOT_POSSIBLE, problem))
                        .toList();
        if (!problems.isEmpty()) {
            inPlaceHasBegun = false;
            throw new OperationRefusedException(request.operation(), target.name(), problems);
        }
        inPlaceHasBegun = request.replacement().inPlace();
    }

    /** A name of its own, short enough for every database; the real name is in the journal. */
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
     * @return what was loaded
     * @throws TransferFailedException if anything is not as it came; the target is as it was
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
            log.warn("{} documents are left out of '{}' because of unique indexes", leftOut.count(), target.name());
        }
        return new LoadReport(
                coming.collections().size(),
                staged.documents(),
                staged.bytes(),
                leftOut.kept(),
                omissions,
                lostIndexes,
                wasValidated());
    }

    private boolean wasValidated() {
        return !loading.inserter().bypassesValidators()
                && coming.collections().stream()
                        .anyMatch(collection -> collection.options().containsKey("validator"));
    }

    private TransferFailedException failed(String reason, @Nullable Throwable cause) {
        return new TransferFailedException(request.operation(), target.name(), reason, failures.kept(), cause);
    }

    /**
     * Marks migrations that were running where the history comes from as {@code INTERRUPTED}: they do not run here.
     *
     * @return the number of migrations that were at work
     */
    public long interruptMigrations() {
        StagedCollection history = staged.find(request.replacement().last());
        return history == null
                ? 0
                : HistoryCollection.of(database, history.staging()).interrupt();
    }

    /**
     * Puts what was loaded in the place of what is there.
     *
     * @return how many collections were replaced, created or removed
     * @throws OperationRefusedException if others have written to what is to be replaced; nothing has been replaced
     * @throws TransferFailedException if a time to live cannot be set; nothing has been replaced
     * @throws dev.monarch.SwapInterruptedException if it has begun and could not be ended
     */
    public int swap() {
        if (!loaded) {
            throw new IllegalStateException("load() has not verified what came");
        }
        lock.ensureHeld();
        setTimeToLive();
        int steps = new CheckedSwap(target, lock, request, Objects.requireNonNull(run), Objects.requireNonNull(watch))
                .run(coming, staged.names());
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

    /** Returns the rules by which documents expire that were loaded; complete after {@link #swap()}. */
    List<Expiration> expirations() {
        return expirations;
    }

    private void requireIndexes() {
        List<String> missing = staged.missingIndexes();
        if (!missing.isEmpty()) {
            throw failed(
                    "everything was replaced, but indexes are missing now: " + String.join("; ", missing)
                            + ". Build them, or restore again",
                    null);
        }
    }

    /** Removes what was loaded, unless the swap has begun; on another thread if this one is interrupted. */
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
        // What was loaded in place stays in the journal, for it is a part of what was to be there.
        if (run != null && !inPlaceHasBegun) {
            try {
                new StagingCleanup(database, journal).remove(run);
            } catch (MongoException e) {
                log.warn("What was loaded into '{}' could not be removed; the next run does it", target.name(), e);
            }
        }
    }
}
