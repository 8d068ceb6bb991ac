package dev.monarch.transfer;

import java.util.List;

import com.mongodb.client.MongoCluster;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.TransferFailedException;
import dev.monarch.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;

/**
 * What a database held at the moment it is going to be read at.
 *
 * @param catalogue all its collections
 * @param point the moment
 */
record StartingPoint(Catalogue catalogue, ReadPoint point) {

    private static final int LOOKS = 10;

    static StartingPoint of(MonarchEnvironment environment, DatabaseReading reading, CatalogueReader reader) {
        String lacking = lacking(reading, Deployment.of(environment.ownClient()));
        if (lacking == null) {
            return atOneTime(environment, reading, reader);
        }
        if (reading.consistency() == Consistency.SNAPSHOT) {
            throw failed(environment, reading, "a snapshot was asked for, and " + lacking);
        }
        return new StartingPoint(reader.read(), new ReadPoint(null, lacking));
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

    /** The server lists no collections of the past: looks before and after are to be equal. */
    private static StartingPoint atOneTime(
            MonarchEnvironment environment, DatabaseReading reading, CatalogueReader reader) {
        Catalogue before = reader.read();
        for (int look = 0; look < LOOKS; look++) {
            BsonTimestamp time = time(environment, before);
            Catalogue after = reader.list();
            if (CatalogueChanges.between(before, after).isEmpty()) {
                return new StartingPoint(before, new ReadPoint(time, null));
            }
            before = reader.read();
        }
        throw failed(environment, reading, "its collections change faster than they can be listed");
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
