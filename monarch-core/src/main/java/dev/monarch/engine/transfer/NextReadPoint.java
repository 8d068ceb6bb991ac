package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoCollection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.ReadReport.Consistency;

/** Decides at which point in time a collection is read again, and whether it is. For one collection and one thread. */
final class NextReadPoint {

    private static final Logger log = LoggerFactory.getLogger(NextReadPoint.class);

    private static final int ATTEMPTS = 6;

    private static final String TOO_LARGE =
            "its read takes longer than the server keeps a snapshot (minSnapshotHistoryWindowInSeconds)";

    private final MonarchEnvironment environment;

    private final ReadOptions options;

    private final CollectionDescription description;

    private SnapshotWindow window;

    private int attempts;

    /**
     * Begins with the first read.
     *
     * @param window how long the server keeps the snapshot of the first read
     */
    NextReadPoint(
            MonarchEnvironment environment,
            ReadOptions options,
            CollectionDescription description,
            SnapshotWindow window) {
        this.environment = environment;
        this.options = options;
        this.description = description;
        this.window = window;
    }

    /** {@return the time for which the server keeps the current snapshot} */
    SnapshotWindow window() {
        return window;
    }

    /** A collection that was replaced is read again. For a dropped one, this reads nothing. */
    ReadPoint afterChange(boolean gone, ReadPoint point) {
        String what = gone ? "was dropped" : "was replaced";
        if (options.consistency() == Consistency.SNAPSHOT || isLastAttempt()) {
            throw failed("'" + description.name() + "' " + what + " during the read", null);
        }
        log.debug("'{}' {} while it was read", description.name(), what);
        if (gone) {
            return new ReadPoint(null, "it was dropped during the read and is not included");
        }
        String reason = "it was replaced during the read";
        return point.time() == null ? new ReadPoint(null, reason) : later(reason);
    }

    /**
     * Returns the point in time after a read that could not end before the server discards its snapshot.
     *
     * @param fitsNewSnapshot whether it could if the snapshot was a new one
     */
    ReadPoint afterForecast(ReadPoint point, boolean fitsNewSnapshot) {
        log.info("Reading '{}' again from its beginning, at another time: {}", description.name(), TOO_LARGE);
        return fitsNewSnapshot && point.reason() == null ? later(TOO_LARGE) : new ReadPoint(null, TOO_LARGE);
    }

    /**
     * Returns the point in time after a failure.
     *
     * @param lasted how long the read lasted
     * @throws TransferFailedException if the collection cannot be read
     */
    ReadPoint afterFailure(MongoException failure, ReadPoint point, Duration lasted) {
        if (isLastAttempt()) {
            throw failed("'" + description.name() + "' could not be read in " + ATTEMPTS + " attempts", failure);
        }
        if (point.time() != null && SnapshotTime.isUnavailable(failure)) {
            return withoutSnapshot(failure, point, lasted);
        }
        if (!TransientFailure.is(failure)) {
            throw failed("'" + description.name() + "' could not be read: " + failure.getMessage(), failure);
        }
        log.info("Reading '{}' again from its beginning: {}", description.name(), failure.getMessage());
        return point;
    }

    private boolean isLastAttempt() {
        attempts++;
        return attempts == ATTEMPTS;
    }

    private ReadPoint withoutSnapshot(MongoException failure, ReadPoint point, Duration lasted) {
        if (options.consistency() == Consistency.SNAPSHOT) {
            throw failed(
                    "'" + description.name() + "' cannot be read at the time of the snapshot: " + failure.getMessage(),
                    failure);
        }
        if (description.isOrdered()) {
            return new ReadPoint(null, "this server cannot read a capped collection at a point in time");
        }
        String reason = "the server could not read it at the time of the snapshot (error " + failure.getCode() + ")";
        boolean secondTime = point.reason() != null;
        // A read that was cut off so late would be cut off again.
        boolean late = lasted.compareTo(window.length().dividedBy(2)) > 0;
        return secondTime || late ? new ReadPoint(null, reason) : later(reason);
    }

    private ReadPoint later(String reason) {
        MongoCluster client = environment.ownClient();
        MongoCollection<?> collection = environment.ownDatabase().getCollection(description.documentsIn());
        window = window.again();
        return new ReadPoint(SnapshotTime.now(client, collection), reason);
    }

    /** Creates the failure of the transfer. */
    TransferFailedException failed(String reason, @Nullable MongoException cause) {
        return new TransferFailedException(options.operation(), environment.name(), reason, List.of(), cause);
    }
}
