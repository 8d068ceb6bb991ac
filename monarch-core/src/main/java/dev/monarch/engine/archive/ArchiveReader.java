package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.engine.transfer.Namespace;

/**
 * Reads an archive that {@code mongodump --archive} wrote, or Monarch; how it is compressed it finds out by itself.
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
        this.collections = collections;
    }

    /**
     * Opens an archive and reads what it says of itself.
     *
     * @param stream the archive, which is closed with the reader, or at once if this throws
     * @return the reader
     * @throws DamagedArchiveException if it is none, or is damaged this early
     * @throws dev.monarch.OperationRefusedException if it is compressed in a way that cannot be undone here, or is something
     *     else that is known: a zip or tar file, a file of BSON
     */
    public static ArchiveReader open(InputStream stream) {
        InputStream plain = Compressed.decompressing(stream);
        ArchiveInput input = new ArchiveInput(plain);
        try {
            refuseForeignFormats(plain);
            Integer magic = input.lengthOrEnd();
            if (magic == null || magic != MAGIC) {
                throw new DamagedArchiveException(null, 0, "it does not begin like an archive of mongodump", null);
            }
            ArchiveBeginning beginning = ArchiveBeginning.read(input, ArchiveBeginning.roomInHeap());
            return new ArchiveReader(input, beginning.header(), beginning.collections());
        } catch (RuntimeException e) {
            try {
                input.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static void refuseForeignFormats(InputStream plain) {
        try {
            ForeignFormat.of(plain).ifPresent(refusal -> {
                throw refusal;
            });
        } catch (IOException e) {
            throw new DamagedArchiveException(null, 0, "it cannot be read: " + e.getMessage(), e);
        }
    }

    static Namespace namespace(ArchiveFields fields) {
        return new Namespace(fields.text("db"), fields.text("collection"));
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
        read(visitor).requireComplete();
    }

    /**
     * Shows the documents of some collections to a visitor, where nothing but the beginning of an archive and the frames of
     * these is read; to be called once.
     *
     * @param totals what these collections are known to hold
     * @param visitor sees the documents of a collection before it is known whether its checksum is right
     * @throws DamagedArchiveException if what is read is damaged
     */
    void readPart(List<ArchivedTotals> totals, ArchiveVisitor visitor) {
        read(visitor).end(collections, totals);
    }

    private ArchiveBlocks read(ArchiveVisitor visitor) {
        ArchiveBlocks blocks = new ArchiveBlocks(input, collections, visitor);
        @Nullable Integer length = input.lengthOrEnd();
        while (length != null) {
            blocks.read(length);
            length = input.lengthOrEnd();
        }
        return blocks;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
