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

    private final ConfirmedScope confirmedScope;

    private final StagedLoad load;

    private List<Expiration> expirations = List.of();

    private Catalogue incoming = new Catalogue("", List.of());

    private @Nullable AcceptedCatalogue accepted;

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
        this.load = new StagedLoad(target, request, lock);
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
        AcceptedCatalogue possible = accepted(catalogue);
        accepted = possible;
        ReplacementScope scope = confirmedScope.of(possible.catalogue());
        incoming = scope.incoming();
        watch = new TargetWatch(database, scope.affected());
        lock.ensureHeld();
        run = journal.begin(request.operation(), inPlace(), lock.serverTime());
        tryOutViews();
        if (request.replacement().inPlace()) {
            log.warn("Loading in place into '{}', which is unsafe: if it fails, the data is incomplete", target.name());
        }
        load.begin(incoming, this::stagingName);
    }

    private AcceptedCatalogue accepted(Catalogue catalogue) {
        AcceptedCatalogue possible = AcceptedCatalogue.of(catalogue, request.indexes());
        if (!possible.problems().isEmpty()) {
            throw new OperationRefusedException(request.operation(), target.name(), possible.problems());
        }
        possible.omissions().forEach(omission -> log.warn("Loading into '{}': {}", target.name(), omission));
        return possible;
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
        return load.collection(collection);
    }

    /**
     * Waits until everything is written and indexed, and verifies it.
     *
     * @return the result of the load
     * @throws TransferFailedException if anything differs from the source; the target is unchanged
     */
    public LoadReport load() {
        LoadReport report = load.complete(Objects.requireNonNull(accepted));
        loaded = true;
        return report;
    }

    /**
     * Marks migrations that were running in the source as {@code INTERRUPTED}, because they do not run here.
     *
     * @return the number of migrations that were running
     */
    public long interruptMigrations() {
        String history = load.names().get(request.replacement().last());
        return history == null ? 0 : HistoryCollection.of(database, history).interrupt();
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
        expirations = load.setTimeToLive();
        int steps = new CheckedSwap(target, lock, request, Objects.requireNonNull(run), Objects.requireNonNull(watch))
                .run(incoming, load.names());
        load.requireIndexes();
        return steps;
    }

    /** Returns the TTL rules of the loaded collections; complete after {@link #swap()}. */
    List<Expiration> expirations() {
        return expirations;
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
        load.close();
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
