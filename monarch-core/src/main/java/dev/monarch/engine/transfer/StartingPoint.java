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
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.ReadReport;

/**
 * What a database held at the moment it is going to be read at.
 *
 * @param catalogue all its collections
 * @param point the moment
 * @param unsettled what happened to collections that were not the same before and after that moment, by their names; some of
 *     them may not be in the catalogue
 */
record StartingPoint(Catalogue catalogue, ReadPoint point, Map<String, String> unsettled) {

    private static final int LOOKS = 10;

    static StartingPoint of(MonarchEnvironment environment, DatabaseReading reading, CatalogueReader reader) {
        String lacking = lacking(reading, Deployment.of(environment.ownClient()));
        if (lacking == null) {
            return atOneTime(environment, reading, reader);
        }
        if (reading.consistency() == Consistency.SNAPSHOT) {
            throw failed(environment, reading, "a snapshot was asked for, and " + lacking);
        }
        return new StartingPoint(reader.read(), new ReadPoint(null, lacking), Map.of());
    }

    private static @Nullable String lacking(DatabaseReading reading, Deployment deployment) {
        if (reading.consistency() == Consistency.NONE) {
            return "no consistency was asked for";
        }
        if (deployment.snapshots()) {
            return null;
        }
        return deployment.transactions()
                ? "servers before 5.0 cannot read several collections at one time"
                : "a standalone server cannot read several collections at one time";
    }

    /**
     * The server lists no collections of the past: looks before and after are to be equal. If they never are, what the last
     * look finds is read, which is all that is left; what was not the same before is read separately.
     */
    private static StartingPoint atOneTime(
            MonarchEnvironment environment, DatabaseReading reading, CatalogueReader reader) {
        Catalogue before = reader.read();
        for (int look = 1; ; look++) {
            BsonTimestamp time = time(environment, before);
            boolean last = look == LOOKS;
            Catalogue after = last ? reader.read() : reader.list();
            Map<String, String> changes =
                    CatalogueChanges.byName(before.only(reading.selection()), after.only(reading.selection()));
            if (changes.isEmpty()) {
                return new StartingPoint(before, new ReadPoint(time, null), Map.of());
            }
            if (last) {
                return unsettled(environment, reading, new StartingPoint(after, new ReadPoint(time, null), changes));
            }
            before = reader.read();
        }
    }

    private static StartingPoint unsettled(
            MonarchEnvironment environment, DatabaseReading reading, StartingPoint start) {
        if (reading.consistency() == Consistency.SNAPSHOT) {
            throw failed(
                    environment,
                    reading,
                    "its collections change faster than they can be listed (" + start.unsettled()
                            + "). Exclude those that come and go, or ask for the consistency 'best'");
        }
        return start;
    }

    /** Returns the moment at which a collection is to be read. */
    ReadPoint pointOf(String collection) {
        String change = unsettled.get(collection);
        return change == null ? point : new ReadPoint(point.time(), reason(change));
    }

    /** Returns what is to be told of collections that are not in the catalogue any more. */
    List<ReadReport.CollectionRead> lost() {
        return unsettled.entrySet().stream()
                .filter(change -> catalogue.collection(change.getKey()).isEmpty())
                .map(change -> new ReadReport.CollectionRead(
                        change.getKey(), null, reason(change.getValue()) + ", and nothing of it is held"))
                .toList();
    }

    private static String reason(String change) {
        return "it " + change + " while the collections were listed";
    }

    /** A database without documents has no time, and needs none. */
    private static @Nullable BsonTimestamp time(MonarchEnvironment environment, Catalogue catalogue) {
        MongoCluster client = environment.ownClient();
        return catalogue.collections().stream()
                .filter(collection -> collection.type() == CollectionType.COLLECTION && !collection.isOrdered())
                .findFirst()
                .map(collection ->
                        SnapshotTime.now(client, environment.ownDatabase().getCollection(collection.name())))
                .orElse(null);
    }

    private static TransferFailedException failed(
            MonarchEnvironment environment, DatabaseReading reading, String reason) {
        return new TransferFailedException(reading.operation(), environment.name(), reason, List.of(), null);
    }
}
