package dev.monarch.engine.archive;

import java.util.HashSet;
import java.util.List;
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

import dev.monarch.engine.transfer.Namespace;

/**
 * What stands around the documents in an archive, as {@code mongodump --archive} writes it, so that {@code mongorestore}
 * reads it; the format is shown at {@link ArchiveReader}.
 *
 * <p>mongorestore holds an archive to more than the format says: the head of a block has these four fields and no other; a
 * collection that the beginning does not name, or that has ended, may have no block; every one must end; and no more of them
 * may be open at once than the header says, or it waits for ever. Whoever breaks one of these rules gets an {@link
 * IllegalStateException} and not such an archive. Thread-safe.
 */
final class ArchiveFormat {

    static final byte[] TERMINATOR = {-1, -1, -1, -1};

    private static final byte[] MAGIC = {0x6d, (byte) 0xe2, (byte) 0x99, (byte) 0x81};

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final ArchiveHeader header;

    private final int concurrentCollections;

    private final List<ArchivedCollection> collections;

    private final Set<Namespace> toCome = new HashSet<>();

    private final Set<Namespace> open = new HashSet<>();

    /**
     * Creates the format of one archive.
     *
     * @param concurrentCollections how many collections may be open at once; at least 1
     * @param collections what is to come, in the order of the archive
     */
    ArchiveFormat(ArchiveHeader header, int concurrentCollections, List<ArchivedCollection> collections) {
        if (concurrentCollections < 1) {
            throw new IllegalArgumentException(
                    "concurrentCollections must be at least 1, but is " + concurrentCollections);
        }
        this.header = header;
        this.concurrentCollections = concurrentCollections;
        this.collections = List.copyOf(collections);
        collections.forEach(collection -> toCome.add(collection.blocks()));
    }

    /** Returns the beginning of the archive. */
    byte[] beginning() {
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        buffer.writeBytes(MAGIC);
        write(
                buffer,
                new BsonDocument("concurrent_collections", new BsonInt32(concurrentCollections))
                        .append("version", new BsonString(header.version()))
                        .append("server_version", new BsonString(header.serverVersion()))
                        .append("tool_version", new BsonString(header.toolVersion())));
        for (ArchivedCollection collection : collections) {
            write(
                    buffer,
                    new BsonDocument("db", new BsonString(collection.namespace().database()))
                            .append(
                                    "collection",
                                    new BsonString(collection.namespace().collection()))
                            .append("metadata", new BsonString(collection.metadata()))
                            .append("size", new BsonInt32(0))
                            .append("type", new BsonString(collection.type())));
        }
        buffer.writeBytes(TERMINATOR);
        return buffer.toByteArray();
    }

    /**
     * Returns the head of a block of documents.
     *
     * @throws IllegalStateException if the collection was not named, or has ended, or too many are open
     */
    synchronized byte[] head(Namespace namespace) {
        open(namespace);
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        head(buffer, namespace, false, 0);
        return buffer.toByteArray();
    }

    /**
     * Returns the end of a collection, with the empty block before it that mongodump writes where there is none; the
     * collection stays open until {@link #ended}.
     *
     * @throws IllegalStateException if the collection was not named, or has ended, or too many are open
     */
    synchronized byte[] end(Namespace namespace, long checksum) {
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        if (open(namespace)) {
            head(buffer, namespace, false, 0);
            buffer.writeBytes(TERMINATOR);
        }
        head(buffer, namespace, true, checksum);
        buffer.writeBytes(TERMINATOR);
        return buffer.toByteArray();
    }

    /** Makes room for another collection; to be called once the end has its place, lest the other one comes before it. */
    synchronized void ended(Namespace namespace) {
        open.remove(namespace);
        toCome.remove(namespace);
    }

    /**
     * Checks that nothing is missing.
     *
     * @throws IllegalStateException if a collection has not ended
     */
    synchronized void requireComplete() {
        if (!toCome.isEmpty()) {
            throw new IllegalStateException("These collections have not ended: " + toCome);
        }
    }

    /** Tells whether the collection was not open before. */
    private boolean open(Namespace namespace) {
        if (!toCome.contains(namespace)) {
            throw new IllegalStateException("'" + namespace + "' was not named at the beginning, or has ended");
        }
        if (!open.contains(namespace) && open.size() == concurrentCollections) {
            throw new IllegalStateException(
                    "'" + namespace + "' would be more than " + concurrentCollections + " open collections");
        }
        return open.add(namespace);
    }

    private static void head(BasicOutputBuffer buffer, Namespace namespace, boolean last, long checksum) {
        write(
                buffer,
                new BsonDocument("db", new BsonString(namespace.database()))
                        .append("collection", new BsonString(namespace.collection()))
                        .append("EOF", BsonBoolean.valueOf(last))
                        .append("CRC", new BsonInt64(checksum)));
    }

    private static void write(BasicOutputBuffer buffer, BsonDocument document) {
        try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
        }
    }
}
