package dev.monarch.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.transfer.Namespace;

/**
 * Reads an archive that {@code mongodump --archive} wrote, with {@code --gzip} or without, which it finds out by itself.
 *
 * <pre>{@code
 * archive := magic header collection* TERMINATOR block*      // little-endian
 * magic   := 6d e2 99 81
 * block   := BSON {db, collection, EOF, CRC} document* TERMINATOR
 * }</pre>
 *
 * (mongo-tools, {@code common/archive}.) Every collection is to be ended by a block with {@code EOF: true} and the CRC-64 of
 * its documents, and its checksum is to be right; nothing may come after the end of one, and the archive may end only when
 * all have ended. Whatever is not so ends in a {@link DamagedArchiveException}. An instance reads one archive, by one thread.
 */
public final class ArchiveReader implements AutoCloseable {

    private static final int MAGIC = 0x8199e26d;

    private final ArchiveInput input;

    private final ArchiveHeader header;

    private final List<ArchivedCollection> collections;

    private ArchiveReader(ArchiveInput input, ArchiveHeader header, List<ArchivedCollection> collections) {
        this.input = input;
        this.header = header;
        this.collections = List.copyOf(collections);
    }

    /**
     * Opens an archive and reads what it says of itself.
     *
     * @param stream the archive, which is closed with the reader, or at once if this throws
     * @return the reader
     * @throws DamagedArchiveException if it is none, or is damaged this early
     */
    public static ArchiveReader open(InputStream stream) {
        ArchiveInput input = new ArchiveInput(Compressed.decompressing(stream));
        try {
            Integer magic = input.lengthOrEnd();
            if (magic == null || magic != MAGIC) {
                throw new DamagedArchiveException(null, 0, "it does not begin like an archive of mongodump", null);
            }
            ArchiveHeader header = header(input.decoded(input.lengthOrTerminator(), "the header"));
            return new ArchiveReader(input, header, collections(input));
        } catch (RuntimeException e) {
            try {
                input.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static ArchiveHeader header(BsonDocument document) {
        return new ArchiveHeader(
                text(document, "version"), text(document, "server_version"), text(document, "tool_version"));
    }

    private static List<ArchivedCollection> collections(ArchiveInput input) {
        List<ArchivedCollection> collections = new ArrayList<>();
        int length = input.lengthOrTerminator();
        while (length != ArchiveInput.TERMINATOR) {
            BsonDocument document = input.decoded(length, "what is said of a collection");
            collections.add(
                    new ArchivedCollection(namespace(document), text(document, "metadata"), text(document, "type")));
            length = input.lengthOrTerminator();
        }
        return collections;
    }

    static Namespace namespace(BsonDocument document) {
        return new Namespace(text(document, "db"), text(document, "collection"));
    }

    private static String text(BsonDocument document, String name) {
        return document.get(name, new BsonString("")) instanceof BsonString text ? text.getValue() : "";
    }

    /**
     * Returns what the archive says of itself.
     *
     * @return the header
     */
    public ArchiveHeader header() {
        return header;
    }

    /**
     * Returns the collections the archive holds.
     *
     * @return them, in the archive's order
     */
    public List<ArchivedCollection> collections() {
        return collections;
    }

    /**
     * Shows all documents to a visitor; to be called once.
     *
     * @param visitor sees the documents of a collection before it is known whether its checksum is right
     * @throws DamagedArchiveException if the archive is damaged
     */
    public void readAll(ArchiveVisitor visitor) {
        ArchiveBlocks blocks = new ArchiveBlocks(input, collections, visitor);
        @Nullable Integer length = input.lengthOrEnd();
        while (length != null) {
            blocks.read(length);
            length = input.lengthOrEnd();
        }
        blocks.requireComplete();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
