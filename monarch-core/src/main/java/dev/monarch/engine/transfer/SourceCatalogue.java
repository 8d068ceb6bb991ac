package dev.monarch.engine.transfer;

import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoCluster;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/**
 * The catalogue of a database at the point in time at which it is read.
 *
 * @param catalogue all collections
 * @param point the point in time
 * @param unsettled the changes of collections that differed before and after this point in time, by name; some of
 *     these collections may not be in the catalogue
 */
record SourceCatalogue(Catalogue catalogue, ReadPoint point, Map<String, String> unsettled) {

    private static final int LISTINGS = 10;

    static SourceCatalogue of(MonarchEnvironment environment, ReadOptions options, CatalogueReader reader) {
        String unsupported = unsupported(options, Deployment.of(environment.ownClient()));
        if (unsupported == null) {
            return atOnePointInTime(environment, options, reader);
        }
        if (options.consistency() == Consistency.SNAPSHOT) {
            throw failed(environment, options, "a snapshot was requested, but " + unsupported);
        }
        return new SourceCatalogue(reader.read(), new ReadPoint(null, unsupported), Map.of());
    }

    private static @Nullable String unsupported(ReadOptions options, Deployment deployment) {
        if (options.consistency() == Consistency.NONE) {
            return "no consistency was requested";
        }
        if (deployment.snapshots()) {
            return null;
        }
        return deployment.transactions()
                ? "servers before 5.0 cannot read several collections at one point in time"
                : "a standalone server cannot read several collections at one point in time";
    }

    /**
     * The server cannot list collections at a past cluster time. So the collections are listed before and after it,
     * until both lists are equal. If they never are, the last list is used, and the collections that differ are read
     * separately.
     */
    private static SourceCatalogue atOnePointInTime(
            MonarchEnvironment environment, ReadOptions options, CatalogueReader reader) {
        Catalogue before = reader.read();
        for (int listing = 1; ; listing++) {
            BsonTimestamp time = time(environment, before);
            boolean last = listing == LISTINGS;
            Catalogue after = last ? reader.read() : reader.list();
            Map<String, String> changes =
                    CatalogueChanges.byName(before.only(options.selection()), after.only(options.selection()));
            if (changes.isEmpty()) {
                return new SourceCatalogue(before, new ReadPoint(time, null), Map.of());
            }
            if (last) {
                return unsettled(environment, options, new SourceCatalogue(after, new ReadPoint(time, null), changes));
            }
            before = reader.read();
        }
    }

    private static SourceCatalogue unsettled(
            MonarchEnvironment environment, ReadOptions options, SourceCatalogue start) {
        if (options.consistency() == Consistency.SNAPSHOT) {
            throw failed(
                    environment,
                    options,
                    "its collections change faster than they can be listed (" + start.unsettled()
                            + "). Exclude the collections that change, or request the consistency 'best'");
        }
        return start;
    }

    /** {@return the point in time at which a collection is read} */
    ReadPoint pointOf(String collection) {
        String change = unsettled.get(collection);
        return change == null ? point : new ReadPoint(point.time(), reason(change));
    }

    /** {@return the reports of collections that are no longer in the catalogue} */
    List<ReadReport.CollectionRead> lost() {
        return unsettled.entrySet().stream()
                .filter(change -> !catalogue.contains(change.getKey()))
                .map(change -> new ReadReport.CollectionRead(
                        change.getKey(), null, reason(change.getValue()) + " and is not included"))
                .toList();
    }

    private static String reason(String change) {
        return "it " + change + " while the collections were listed";
    }

    /** {@return the cluster time; null for a database without documents, which needs none} */
    private static @Nullable BsonTimestamp time(MonarchEnvironment environment, Catalogue catalogue) {
        MongoCluster client = environment.ownClient();
        return catalogue.collections().stream()
                .filter(collection -> collection.type() == CollectionType.COLLECTION && !collection.isOrdered())
                .findFirst()
                .map(collection ->
                        SnapshotTime.now(client, environment.ownDatabase().getCollection(collection.name())))
                .orElse(null);
    }

    private static TransferFailedException failed(MonarchEnvironment environment, ReadOptions options, String reason) {
        return new TransferFailedException(options.operation(), environment.name(), reason, List.of(), null);
    }
}
