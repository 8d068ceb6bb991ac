package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.history.HistoryCollection;
import dev.monarch.engine.history.HistorySnapshot;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.Omission;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * Reads a database from its server: several collections at the same time, in undecoded batches.
 *
 * <p>On a replica set with MongoDB 5.0 or later, all collections are read at one point in time, as far as the server
 * supports it. The {@link ReadReport} lists the exceptions. If a read is cut off, for example by a failover, the
 * collection is read again from its beginning, at the same point in time. An instance is for one transfer.
 */
public final class DatabaseSource implements TransferSource {

    private static final Logger log = LoggerFactory.getLogger(DatabaseSource.class);

    /** Which part of the time for which the server keeps a snapshot a gentle pace uses. */
    private static final double USED_OF_SNAPSHOT = 0.8;

    /** A gentle pace does not read faster than this for the sake of a snapshot, in bytes per second. */
    private static final double FASTEST_GENTLE = 32.0 * 1024 * 1024;

    private final MonarchEnvironment environment;

    private final ReadOptions options;

    private final CatalogueReader reader;

    private final SourceCatalogue start;

    private final Catalogue selected;

    private final HistorySnapshot history;

    private final SnapshotWindow window;

    private final SnapshotQueries queries;

    private final ReadThrottle throttle;

    private final FetchBudget budget;

    private final Map<String, CollectionProgress.Expected> expected;

    private final List<ReadReport.CollectionRead> reads = Collections.synchronizedList(new ArrayList<>());

    private @Nullable ReadReport report;

    private DatabaseSource(MonarchEnvironment environment, ReadOptions options) {
        this.environment = environment;
        this.options = options;
        MongoDatabase primary = environment.ownDatabase();
        this.reader = new CatalogueReader(primary);
        new SourcePrivileges(environment, options).require(reader);
        this.window = SnapshotWindow.of(environment);
        this.start = SourceCatalogue.of(environment, options, reader);
        new SourceCheck(options.operation(), environment.name(), options.history(), options.allowEmpty())
                .require(environment, start.catalogue());
        List<Omission> omissions = start.catalogue().omissions();
        if (!omissions.isEmpty()) {
            log.info("Reading '{}': {}", environment.name(), Omission.sentences(omissions));
        }
        this.selected = options.subset().selected(start.catalogue()).only(options.selection());
        this.history = history();
        this.queries = new SnapshotQueries(environment, options, start.point());
        this.budget = FetchBudget.ofThisProcess();
        this.throttle = ReadThrottle.of(environment, options);
        this.expected = ExpectedSizes.of(primary, selected, options.subset());
    }

    /**
     * Checks that the environment's user may read its database.
     *
     * @param environment the environment to read
     * @param options how to read it
     * @throws dev.monarch.OperationRefusedException if privileges are missing; the message lists all of them
     */
    public static void requirePrivileges(MonarchEnvironment environment, ReadOptions options) {
        new SourcePrivileges(environment, options).require(new CatalogueReader(environment.ownDatabase()));
    }

    /**
     * Opens a database and determines the point in time at which it is read.
     *
     * @param environment the environment to read
     * @param options how to read it
     * @return the source
     * @throws dev.monarch.OperationRefusedException if the user may not read all of the database, or it is empty
     * @throws dev.monarch.TransferFailedException if a snapshot is requested and not available
     */
    public static DatabaseSource open(MonarchEnvironment environment, ReadOptions options) {
        return new DatabaseSource(environment, options);
    }

    /** {@return the collections to be transferred} */
    public Catalogue catalogue() {
        return selected;
    }

    /**
     * Returns the expected size of each collection, from the server's statistics.
     *
     * @return documents and bytes by collection name
     */
    public Map<String, CollectionProgress.Expected> expected() {
        return expected;
    }

    @Override
    public void transferTo(TransferSink sink) {
        keepSnapshot();
        try (Subset subset = options.subset().select(start.catalogue(), queries);
                TransferPace.Observation observed = options.pace().observe(environment, false)) {
            observed.start();
            sink.begin(selected);
            List<Runnable> tasks = new ArrayList<>();
            for (CollectionDescription collection : largestFirst()) {
                tasks.add(() -> read(collection, subset, sink.collection(collection)));
            }
            TransferWorkers.runAll("monarch-read", options.pace().workers(), tasks);
        }
        report = report(changes(), history());
    }

    /** A larger database would lose its snapshot at full pace as well. */
    private void keepSnapshot() {
        double needed = expected.values().stream()
                        .mapToLong(CollectionProgress.Expected::bytes)
                        .filter(bytes -> bytes > 0)
                        .sum()
                / (USED_OF_SNAPSHOT * window.length().toSeconds());
        if (start.point().time() != null && needed < FASTEST_GENTLE) {
            options.pace().keepAbove(needed);
        }
    }

    private List<String> changes() {
        return CatalogueChanges.between(
                start.catalogue().only(options.selection()), reader.list().only(options.selection()));
    }

    private List<CollectionDescription> largestFirst() {
        List<CollectionDescription> sorted = new ArrayList<>(selected.collections());
        sorted.sort(Comparator.comparing(
                        (CollectionDescription collection) -> size(collection).bytes())
                .reversed());
        return sorted;
    }

    private CollectionProgress.Expected size(CollectionDescription collection) {
        return expected.getOrDefault(collection.name(), CollectionProgress.Expected.UNKNOWN);
    }

    private void read(CollectionDescription collection, Subset subset, CollectionSink sink) {
        if (collection.type() == CollectionType.VIEW) {
            sink.end();
            return;
        }
        long begun = System.nanoTime();
        CollectionPart part = new CollectionPart(collection, subset, size(collection), throttle, budget);
        reads.add(new CollectionReader(environment, options, reader, part, window)
                .read(start.pointOf(collection.name()), sink));
        options.pace().times().read(begun);
    }

    private ReadReport report(List<String> changes, HistorySnapshot historyNow) {
        boolean migrated = !history.equals(historyNow);
        List<String> warnings = new ArrayList<>(changes);
        warnings.addAll(queries.warnings());
        if (migrated) {
            warnings.add("Migrations ran during the read.");
        } else if (historyNow.hasRunningMigration()) {
            warnings.add("A migration was running, or was interrupted by the end of its process: its changes may be"
                    + " included only in part.");
        }
        List<ReadReport.CollectionRead> sorted = new ArrayList<>(reads);
        sorted.addAll(start.lost());
        sorted.sort(Comparator.comparing(ReadReport.CollectionRead::collection));
        return new ReadReport(achieved(sorted), start.point().time(), sorted, warnings, migrated);
    }

    private ReadReport.AchievedConsistency achieved(List<ReadReport.CollectionRead> all) {
        if (start.point().reason() != null) {
            return ReadReport.AchievedConsistency.NONE;
        }
        return all.stream().allMatch(read -> read.reason() == null)
                ? ReadReport.AchievedConsistency.SNAPSHOT
                : ReadReport.AchievedConsistency.PER_COLLECTION;
    }

    /**
     * Returns how consistent the read was.
     *
     * @return the report
     * @throws IllegalStateException if the transfer has not ended
     */
    public ReadReport report() {
        if (report == null) {
            throw new IllegalStateException("The transfer has not ended");
        }
        return report;
    }

    /**
     * Tells whether migrations have run since the database was opened. A migration that is still running since before
     * is not detected: it holds the lock, so check the lock first.
     *
     * @return true if the history has changed
     */
    public boolean hasMigrated() {
        return !history.equals(history());
    }

    private HistorySnapshot history() {
        return HistoryCollection.of(environment.ownDatabase(), options.history())
                .snapshot();
    }
}
