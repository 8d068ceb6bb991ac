package dev.monarch.engine.archive;

import java.util.HashMap;
import java.util.Map;

import org.bson.BsonDocument;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Passes the documents of selected collections to a sink, and records the checksum of each collection that has ended.
 */
final class ArchiveTransfer implements ArchiveVisitor {

    private final Map<Namespace, CollectionDescription> selected;

    private final TransferSink sink;

    private final Map<String, Long> checksums;

    private final Map<String, CollectionSink> open = new HashMap<>();

    /**
     * Creates a transfer.
     *
     * @param selected the selected collections by the namespaces of the archive
     * @param sink receives the documents
     * @param checksums receives the checksum of each collection that has ended
     */
    ArchiveTransfer(Map<Namespace, CollectionDescription> selected, TransferSink sink, Map<String, Long> checksums) {
        this.selected = selected;
        this.sink = sink;
        this.checksums = checksums;
    }

    @Override
    public void documents(Namespace namespace, DocumentBatch batch) {
        CollectionDescription of = selected.get(namespace);
        if (of == null) {
            return;
        }
        if (of.type() == CollectionType.VIEW) {
            throw new DamagedArchiveException(
                    namespace.toString(), 0, "it is a view, but the archive contains documents of it", null);
        }
        if (of.type() == CollectionType.TIME_SERIES && batch.documents() > 0 && !open.containsKey(of.name())) {
            requireBuckets(of, batch);
        }
        sinkOf(of).documents(batch);
    }

    /**
     * mongodump before 100.4 read a time series like any other collection. A damaged document is neither: its checksum follows at
     * the end.
     */
    private static void requireBuckets(CollectionDescription series, DocumentBatch batch) {
        RawBsonDocument first = batch.split().get(0);
        ByteBuf bytes = first.getByteBuffer();
        if (BsonStructure.firstInvalid(bytes.array(), bytes.position(), bytes.remaining()) >= 0) {
            return;
        }
        boolean bucket = first.get("control") instanceof BsonDocument control
                && control.containsKey("version")
                && first.get("data") instanceof BsonDocument;
        if (!bucket) {
            throw UnsupportedArchive.toRead(
                    Reason.TIME_SERIES_WITHOUT_BUCKETS,
                    "it has measurements of the time series '" + series.name()
                            + "' instead of its buckets, as mongodump wrote them before version 100.4");
        }
    }

    @Override
    public void end(Namespace namespace, long documents, long checksum) {
        CollectionDescription of = selected.get(namespace);
        if (of != null) {
            checksums.put(of.name(), checksum);
            sinkOf(of).end();
        }
    }

    private CollectionSink sinkOf(CollectionDescription collection) {
        return open.computeIfAbsent(collection.name(), name -> sink.collection(collection));
    }
}
