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
 * Gives a database, read from its server: several collections at once, each by undecoded batches.
 *
 * <p>On a replica set from 5.0 on all collections are read at one time of the cluster as far as the server lets them; what
 * could not be is told in the {@link ReadReport}. A collection whose read is cut off, by a failover for example, is read
 * again from its beginning, at the same time. An instance is for one transfer.
 */
public final class DatabaseSource implements TransferSource {

    private static final Logger log = LoggerFactory.getLogger(DatabaseSource.class);

    private final MonarchEnvironment environment;

    private final DatabaseReading reading;

    private final CatalogueReader reader;

    private final StartingPoint start;

    private final Catalogue selected;

    private final HistorySnapshot history;

    private final TimedQueries queries;

    private final TransferPace pace;

    private final FetchRoom room;

    private final Map<String, CollectionProgress.Expected> expected;

    private final List<ReadReport.CollectionRead> reads = Collections.synchronizedList(new ArrayList<>());

    private @Nullable ReadReport report;

    private DatabaseSource(MonarchEnvironment environment, DatabaseReading reading) {
        this.environment = environment;
        this.reading = reading;
        MongoDatabase primary = environment.ownDatabase();
        this.reader = new CatalogueReader(primary);
        new SourcePrivileges(environment, reading).require(reader);
        this.start = StartingPoint.of(environment, reading, reader);
        new SourceCheck(reading.operation(), environment.name(), reading.history(), reading.allowEmpty())
                .require(environment, start.catalogue());
        List<Omission> omissions = start.catalogue().omissions();
        if (!omissions.isEmpty()) {
            log.info("Reading '{}': {}", environment.name(), Omission.sentences(omissions));
        }
        this.selected = reading.subset().taken(start.catalogue()).only(reading.selection());
        this.history = history();
        this.queries = new TimedQueries(environment, reading, start.point());
        this.room = FetchRoom.ofThisProcess();
        this.pace = TransferPace.of(environment, reading);
        this.expected = ExpectedSizes.of(primary, selected, reading.subset());
    }

    /**
     * Refuses if an environment's user may not read it.
     *
     * @param environment whose database
     * @param reading how it is to be read
     * @throws dev.monarch.OperationRefusedException if so, with everything that is missing
     */
    public static void requirePrivileges(MonarchEnvironment environment, DatabaseReading reading) {
        new SourcePrivileges(environment, reading).require(new CatalogueReader(environment.ownDatabase()));
    }

    /**
     * Looks at a database and fixes the time at which it is going to be read.
     *
     * @param environment whose database it is
     * @param reading how it is to be read
     * @return the source
     * @throws dev.monarch.OperationRefusedException if the user may not read all of it, or it is empty
     * @throws dev.monarch.TransferFailedException if a snapshot is asked for and cannot be had
     */
    public static DatabaseSource open(MonarchEnvironment environment, DatabaseReading reading) {
        return new DatabaseSource(environment, reading);
    }

    /**
     * Returns what is going to be given.
     *
     * @return the selected collections
     */
    public Catalogue catalogue() {
        return selected;
    }

    /**
     * Returns how much there is of each collection, by the server's own bookkeeping.
     *
     * @return documents and bytes by the name of the collection
     */
    public Map<String, CollectionProgress.Expected> expected() {
        return expected;
    }

    @Override
    public void transferTo(TransferSink sink) {
        try (Subset subset = reading.subset().choose(start.catalogue(), queries)) {
            sink.begin(selected);
            List<Runnable> tasks = new ArrayList<>();
            for (CollectionDescription collection : biggestFirst()) {
                tasks.add(() -> give(collection, subset, sink.collection(collection)));
            }
            TransferWorkers.runAll("monarch-read", reading.workers(), tasks);
        }
        report = report(changes(), history());
    }

    private List<String> changes() {
        return CatalogueChanges.between(
                start.catalogue().only(reading.selection()), reader.list().only(reading.selection()));
    }

    private List<CollectionDescription> biggestFirst() {
        List<CollectionDescription> sorted = new ArrayList<>(selected.collections());
        sorted.sort(Comparator.comparing(
                        (CollectionDescription collection) -> size(collection).bytes())
                .reversed());
        return sorted;
    }

    private CollectionProgress.Expected size(CollectionDescription collection) {
        return expected.getOrDefault(collection.name(), CollectionProgress.Expected.UNKNOWN);
    }

    private void give(CollectionDescription collection, Subset subset, CollectionSink sink) {
        if (collection.type() == CollectionType.VIEW) {
            sink.end();
            return;
        }
        CollectionPart part = new CollectionPart(collection, subset, size(collection), pace, room);
        reads.add(
                new CollectionReader(environment, reading, reader, part).read(start.pointOf(collection.name()), sink));
    }

    private ReadReport report(List<String> changes, HistorySnapshot historyNow) {
        boolean migrated = !history.equals(historyNow);
        List<String> warnings = new ArrayList<>(changes);
        warnings.addAll(queries.warnings());
        if (migrated) {
            warnings.add("Migrations ran meanwhile.");
        } else if (historyNow.isAtWork()) {
            warnings.add("A migration was at work all the while, or its process had died at it: what it changes may be"
                    + " held in part.");
        }
        List<ReadReport.CollectionRead> sorted = new ArrayList<>(reads);
        sorted.addAll(start.lost());
        sorted.sort(Comparator.comparing(ReadReport.CollectionRead::collection));
        return new ReadReport(had(sorted), start.point().time(), sorted, warnings, migrated);
    }

    private ReadReport.Had had(List<ReadReport.CollectionRead> all) {
        if (start.point().reason() != null) {
            return ReadReport.Had.NONE;
        }
        return all.stream().allMatch(read -> read.reason() == null)
                ? ReadReport.Had.SNAPSHOT
                : ReadReport.Had.PER_COLLECTION;
    }

    /**
     * Returns how consistent the read was.
     *
     * @return the report
     * @throws IllegalStateException before the transfer has ended
     */
    public ReadReport report() {
        if (report == null) {
            throw new IllegalStateException("The transfer has not ended");
        }
        return report;
    }

    /**
     * Tells whether migrations have run since the database was opened. A migration that began before and has not ended is
     * not seen: it holds the lock, which is to be looked at first.
     *
     * @return true if the history is not what it was
     */
    public boolean hasMigrated() {
        return !history.equals(history());
    }

    private HistorySnapshot history() {
        return HistoryCollection.of(environment.ownDatabase(), reading.history())
                .snapshot();
    }
}
