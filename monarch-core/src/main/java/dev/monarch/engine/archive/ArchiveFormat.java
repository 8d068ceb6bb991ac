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

import dev.monarch.engine.Checks;
import dev.monarch.engine.transfer.Namespace;

/**
 * Writes the headers and terminators around the documents of an archive, so that {@code mongorestore} can read it.
 * The format is described at {@link ArchiveReader}.
 *
 * <p>mongorestore requires more than the format says: the header of a block has exactly these four fields. Every
 * block belongs to a collection that the beginning describes and that has not ended. Every collection ends. No more
 * collections are open at the same time than the header says, or mongorestore hangs. A caller that breaks one of
 * these rules gets an {@link IllegalStateException}. Thread-safe.
 */
final class ArchiveFormat {

    static final byte[] TERMINATOR = {-1, -1, -1, -1};

    private static final byte[] MAGIC = {0x6d, (byte) 0xe2, (byte) 0x99, (byte) 0x81};

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final ArchiveHeader header;

    private final int concurrentCollections;

    private final List<ArchivedCollection> collections;

    private final Set<Namespace> notEnded = new HashSet<>();

    private final Set<Namespace> open = new HashSet<>();

    /**
     * Creates the writer of one archive's headers.
     *
     * @param concurrentCollections how many collections may be open at the same time; at least 1
     * @param collections all collections, in the order of the archive
     */
    ArchiveFormat(ArchiveHeader header, int concurrentCollections, List<ArchivedCollection> collections) {
        Checks.atLeast("concurrentCollections", concurrentCollections, 1);
        this.header = header;
        this.concurrentCollections = concurrentCollections;
        this.collections = List.copyOf(collections);
        collections.forEach(collection -> notEnded.add(collection.blocks()));
    }

    /** {@return the beginning of the archive} */
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
     * {@return the header of a block of documents}
     *
     * @throws IllegalStateException if the collection is not in the beginning or has ended, or if too many
     *     collections are open
     */
    synchronized byte[] head(Namespace namespace) {
        open(namespace);
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        head(buffer, namespace, false, 0);
        return buffer.toByteArray();
    }

    /**
     * {@return the bytes that end a collection} If the collection has no block yet, an empty one comes first, as in
     * mongodump's archives. The collection stays open until {@link #ended}.
     *
     * @throws IllegalStateException if the collection is not in the beginning or has ended, or if too many
     *     collections are open
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

    /**
     * Lets another collection open. Call it after the end of this one was queued, so that no block of the other
     * collection precedes it.
     */
    synchronized void ended(Namespace namespace) {
        open.remove(namespace);
        notEnded.remove(namespace);
    }

    /**
     * Checks that all collections have ended.
     *
     * @throws IllegalStateException if a collection has not ended
     */
    synchronized void requireComplete() {
        if (!notEnded.isEmpty()) {
            throw new IllegalStateException("These collections have not ended: " + notEnded);
        }
    }

    /** {@return whether the collection was not open before} */
    private boolean open(Namespace namespace) {
        if (!notEnded.contains(namespace)) {
            throw new IllegalStateException("'" + namespace + "' is not in the beginning of the archive, or has ended");
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
