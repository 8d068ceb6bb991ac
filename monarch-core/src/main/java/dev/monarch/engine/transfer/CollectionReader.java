package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoCollection;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/** Reads one collection completely, with retries from its beginning, and reports its read time. */
final class CollectionReader {

    private static final Logger log = LoggerFactory.getLogger(CollectionReader.class);

    private static final int ATTEMPTS = 6;

    /** Half of the server's default snapshot window. A read that was cut off after this time would be cut off again. */
    private static final Duration LONGEST_SNAPSHOT_READ = Duration.ofSeconds(150);

    private final MonarchEnvironment environment;

    private final ReadOptions options;

    private final CatalogueReader catalogue;

    private final CollectionPart part;

    private final CollectionDescription description;

    private long emitted;

    CollectionReader(
            MonarchEnvironment environment, ReadOptions options, CatalogueReader catalogue, CollectionPart part) {
        this.environment = environment;
        this.options = options;
        this.catalogue = catalogue;
        this.part = part;
        this.description = part.collection();
    }

    /**
     * Reads all documents and ends the collection.
     *
     * @param first the point in time at which all collections are read
     */
    ReadReport.CollectionRead read(ReadPoint first, CollectionSink sink) {
        ReadPoint point = first;
        UUID uuid = description.uuid();
        for (int attempt = 1; ; attempt++) {
            long begun = System.nanoTime();
            try {
                scan(point, sink);
                UUID now = isCertainlyTheSame(point) ? uuid : catalogue.uuidNow(description.name());
                if (Objects.equals(uuid, now)) {
                    break;
                }
                point = afterChange(now == null, point, attempt);
                uuid = now;
            } catch (SinkFailure e) {
                throw e.of(this);
            } catch (MongoInterruptedException e) {
                throw e;
            } catch (MongoException e) {
                point = afterFailure(e, point, attempt, Duration.ofNanos(System.nanoTime() - begun));
            }
            restart(sink);
        }
        sink.end();
        return new ReadReport.CollectionRead(description.name(), point.time(), point.reason());
    }

    /** A failure of the sink. It is not a failure of the source, so the read is not retried. */
    private static final class SinkFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final RuntimeException failure;

        private SinkFailure(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }

        private RuntimeException of(CollectionReader reader) {
            return failure instanceof MongoException target && !(failure instanceof MongoInterruptedException)
                    ? reader.failed(
                            "'" + reader.description.name() + "' could not be written into the target: "
                                    + target.getMessage(),
                            target)
                    : failure;
        }
    }

    /**
     * A collection that was created later cannot be read at the first point in time. So if documents were read, they
     * are from the expected collection. If none were read, it may have been dropped.
     */
    private boolean isCertainlyTheSame(ReadPoint point) {
        return emitted > 0 && point.time() != null && point.reason() == null;
    }

    private void restart(CollectionSink sink) {
        if (emitted > 0) {
            sink.restart();
            emitted = 0;
        }
    }

    private void scan(ReadPoint point, CollectionSink sink) {
        MongoCollection<?> collection = environment
                .ownDatabase()
                .getCollection(description.documentsIn())
                .withReadPreference(options.pace().member());
        Consumer<DocumentBatch> emit = batch -> {
            emitted += batch.documents();
            try {
                sink.documents(batch);
            } catch (RuntimeException e) {
                throw new SinkFailure(e);
            }
        };
        BsonTimestamp time = point.time();
        if (time == null) {
            part.read(collection, MongoCollection::find, emit);
            return;
        }
        try (ClientSession session = SnapshotTime.session(environment.ownClient(), time)) {
            part.read(collection, (from, filter) -> from.find(session, filter), emit);
        }
    }

    /** A collection that was replaced is read again. For a dropped one, this reads nothing. */
    private ReadPoint afterChange(boolean gone, ReadPoint point, int attempt) {
        String what = gone ? "was dropped" : "was replaced";
        if (options.consistency() == Consistency.SNAPSHOT || attempt == ATTEMPTS) {
            throw failed("'" + description.name() + "' " + what + " during the read", null);
        }
        log.debug("'{}' {} while it was read", description.name(), what);
        if (gone) {
            return new ReadPoint(null, "it was dropped during the read and is not included");
        }
        String reason = "it was replaced during the read";
        return point.time() == null ? new ReadPoint(null, reason) : later(reason);
    }

    private ReadPoint afterFailure(MongoException failure, ReadPoint point, int attempt, Duration lasted) {
        if (attempt == ATTEMPTS) {
            throw failed("'" + description.name() + "' could not be read in " + attempt + " attempts", failure);
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
        return secondTime || lasted.compareTo(LONGEST_SNAPSHOT_READ) > 0 ? new ReadPoint(null, reason) : later(reason);
    }

    private ReadPoint later(String reason) {
        MongoCluster client = environment.ownClient();
        MongoCollection<?> collection = environment.ownDatabase().getCollection(description.documentsIn());
        return new ReadPoint(SnapshotTime.now(client, collection), reason);
    }

    private TransferFailedException failed(String reason, @Nullable MongoException cause) {
        return new TransferFailedException(options.operation(), environment.name(), reason, List.of(), cause);
    }
}
