package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import org.bson.BsonTimestamp;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/** Reads one collection completely, with retries from its beginning, and reports its read time. */
final class CollectionReader {

    private final MonarchEnvironment environment;

    private final ReadOptions options;

    private final CatalogueReader catalogue;

    private final CollectionPart part;

    private final CollectionDescription description;

    private final NextReadPoint next;

    private long emitted;

    private long emittedBytes;

    CollectionReader(
            MonarchEnvironment environment,
            ReadOptions options,
            CatalogueReader catalogue,
            CollectionPart part,
            SnapshotWindow window) {
        this.environment = environment;
        this.options = options;
        this.catalogue = catalogue;
        this.part = part;
        this.description = part.collection();
        this.next = new NextReadPoint(environment, options, description, window);
    }

    /**
     * Reads all documents and ends the collection.
     *
     * @param first the point in time at which all collections are read
     */
    ReadReport.CollectionRead read(ReadPoint first, CollectionSink sink) {
        ReadPoint point = first;
        UUID uuid = description.uuid();
        while (true) {
            long begun = System.nanoTime();
            try {
                scan(point, sink);
                UUID now = isCertainlyTheSame(point) ? uuid : catalogue.uuidNow(description.name());
                if (Objects.equals(uuid, now)) {
                    break;
                }
                point = next.afterChange(now == null, point);
                uuid = now;
            } catch (SinkFailure e) {
                throw failureOf(e);
            } catch (SnapshotTooShort e) {
                point = next.afterForecast(point, e.fitsNewSnapshot);
            } catch (MongoInterruptedException e) {
                throw e;
            } catch (MongoException e) {
                point = next.afterFailure(e, point, Duration.ofNanos(System.nanoTime() - begun));
            }
            restart(sink);
        }
        sink.end();
        return new ReadReport.CollectionRead(description.name(), point.time(), point.reason());
    }

    /** The server will discard the snapshot before the read ends. */
    private static final class SnapshotTooShort extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean fitsNewSnapshot;

        private SnapshotTooShort(boolean fitsNewSnapshot) {
            this.fitsNewSnapshot = fitsNewSnapshot;
        }
    }

    /** A failure of the sink. It is not a failure of the source, so the read is not retried. */
    private static final class SinkFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final RuntimeException failure;

        private SinkFailure(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private RuntimeException failureOf(SinkFailure sink) {
        return sink.failure instanceof MongoException target && !(target instanceof MongoInterruptedException)
                ? next.failed(
                        "'" + description.name() + "' could not be written into the target: " + target.getMessage(),
                        target)
                : sink.failure;
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
            emittedBytes = 0;
        }
    }

    private void scan(ReadPoint point, CollectionSink sink) {
        MongoCollection<?> collection = environment
                .ownDatabase()
                .getCollection(description.documentsIn())
                .withReadPreference(options.pace().member());
        BsonTimestamp time = point.time();
        if (time == null) {
            part.read(collection, MongoCollection::find, batch -> emit(batch, sink));
            return;
        }
        SnapshotForecast forecast = next.window().forecast(options.pace()::passed);
        try (ClientSession session = SnapshotTime.session(environment.ownClient(), time)) {
            part.read(collection, (from, filter) -> from.find(session, filter), batch -> {
                emit(batch, sink);
                requireEnoughTime(forecast);
            });
        }
    }

    private void emit(DocumentBatch batch, CollectionSink sink) {
        emitted += batch.documents();
        emittedBytes += batch.length();
        try {
            sink.documents(batch);
        } catch (RuntimeException e) {
            throw new SinkFailure(e);
        }
    }

    /** Without its snapshot, a transfer that requires one would fail. So it has nothing to lose. */
    private void requireEnoughTime(SnapshotForecast forecast) {
        long size = part.size().bytes();
        if (options.consistency() != Consistency.SNAPSHOT && forecast.isTooLate(size - emittedBytes)) {
            throw new SnapshotTooShort(forecast.fitsNewSnapshot(size));
        }
    }
}
