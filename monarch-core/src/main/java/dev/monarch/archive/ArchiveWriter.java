package dev.monarch.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

import dev.monarch.transfer.DocumentBatch;
import dev.monarch.transfer.Namespace;

/**
 * Writes an archive as {@code mongodump --archive} does, so that {@code mongorestore} reads it; the format is shown at
 * {@link ArchiveReader}.
 *
 * <p>mongorestore holds an archive to more than the format says: the head of a block has these four fields and no other; a
 * collection that the beginning does not name, or that has ended, may have no block; every one must end; and no more of them
 * may be open at once than the header says, or it waits for ever. Whoever breaks one of these rules gets an {@link
 * IllegalStateException} and not such an archive. For use by one thread.
 */
final class ArchiveWriter {

    private static final byte[] MAGIC = {0x6d, (byte) 0xe2, (byte) 0x99, (byte) 0x81};

    private static final byte[] TERMINATOR = {-1, -1, -1, -1};

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final OutputStream output;

    private final int concurrentCollections;

    private final Set<Namespace> toCome = new HashSet<>();

    private final Map<Namespace, Crc64> open = new HashMap<>();

    /**
     * Writes the beginning of an archive.
     *
     * @param output where to; not closed by the writer
     * @param header what the archive says of itself
     * @param concurrentCollections how many collections may be open at once; at least 1
     * @param collections what is to come, in the order of the archive; a time series under the name of its blocks, too
     */
    ArchiveWriter(
            OutputStream output, ArchiveHeader header, int concurrentCollections, List<ArchivedCollection> collections)
            throws IOException {
        if (concurrentCollections < 1) {
            throw new IllegalArgumentException(
                    "concurrentCollections must be at least 1, but is " + concurrentCollections);
        }
        this.output = output;
        this.concurrentCollections = concurrentCollections;
        output.write(MAGIC);
        write(new BsonDocument("concurrent_collections", new BsonInt32(concurrentCollections))
                .append("version", new BsonString(header.version()))
                .append("server_version", new BsonString(header.serverVersion()))
                .append("tool_version", new BsonString(header.toolVersion())));
        for (ArchivedCollection collection : collections) {
            write(new BsonDocument("db", new BsonString(collection.namespace().database()))
                    .append("collection", new BsonString(collection.namespace().collection()))
                    .append("metadata", new BsonString(collection.metadata()))
                    .append("size", new BsonInt32(0))
                    .append("type", new BsonString(collection.type())));
            toCome.add(collection.blocks());
        }
        output.write(TERMINATOR);
    }

    /**
     * Writes one block of documents.
     *
     * @throws IllegalStateException if the collection was not named, or has ended, or too many are open
     */
    void documents(Namespace namespace, DocumentBatch batch) throws IOException {
        Crc64 checksum = opened(namespace);
        head(namespace, false, 0);
        output.write(batch.bytes(), 0, batch.length());
        output.write(TERMINATOR);
        checksum.update(batch.bytes(), 0, batch.length());
    }

    /**
     * Ends a collection, which need not have had any document.
     *
     * @throws IllegalStateException if the collection was not named, or has ended, or too many are open
     */
    void end(Namespace namespace) throws IOException {
        if (!open.containsKey(namespace)) {
            // mongodump writes a block for an empty collection and for a view, too.
            documents(namespace, new DocumentBatch(new byte[0], 0, 0));
        }
        head(namespace, true, opened(namespace).value());
        output.write(TERMINATOR);
        open.remove(namespace);
        toCome.remove(namespace);
    }

    /**
     * Ends the archive.
     *
     * @throws IllegalStateException if a collection has not ended
     */
    void complete() throws IOException {
        if (!toCome.isEmpty()) {
            throw new IllegalStateException("These collections have not ended: " + toCome);
        }
        output.flush();
    }

    private Crc64 opened(Namespace namespace) {
        if (!toCome.contains(namespace)) {
            throw new IllegalStateException("'" + namespace + "' was not named at the beginning, or has ended");
        }
        Crc64 known = open.get(namespace);
        if (known != null) {
            return known;
        }
        if (open.size() == concurrentCollections) {
            throw new IllegalStateException(
                    "'" + namespace + "' would be more than " + concurrentCollections + " open collections");
        }
        Crc64 started = new Crc64();
        open.put(namespace, started);
        return started;
    }

    private void head(Namespace namespace, boolean last, long checksum) throws IOException {
        write(new BsonDocument("db", new BsonString(namespace.database()))
                .append("collection", new BsonString(namespace.collection()))
                .append("EOF", BsonBoolean.valueOf(last))
                .append("CRC", new BsonInt64(checksum)));
    }

    private void write(BsonDocument document) throws IOException {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            buffer.pipe(output);
        }
    }
}
