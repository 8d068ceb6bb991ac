package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.engine.transfer.Namespace;

/**
 * Reads an archive of {@code mongodump --archive} or of Monarch, and detects its compression.
 *
 * <pre>{@code
 * archive := magic header collection* TERMINATOR block*      // little-endian
 * magic   := 6d e2 99 81
 * block   := BSON {db, collection, EOF, CRC} document* TERMINATOR
 * }</pre>
 *
 * Source: mongo-tools, {@code common/archive}. A block with {@code EOF: true} ends each collection and holds the
 * CRC-64 of its documents. Nothing of a collection may follow its end, and the archive may end only after all
 * collections have ended. Any deviation is reported as a {@link DamagedArchiveException}. One instance reads one
 * archive on one thread.
 */
public final class ArchiveReader implements DumpReader {

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
     * Opens an archive and reads its beginning.
     *
     * @param stream the archive; closed with the reader, or immediately if this method throws
     * @return the reader
     * @throws DamagedArchiveException if it is not an archive, or its beginning is damaged
     * @throws dev.monarch.OperationRefusedException if its compression is not supported here, or if it is another
     *     known format: a zip or tar file, a BSON file
     */
    public static ArchiveReader open(InputStream stream) {
        InputStream plain = Decompressor.decompressAll(stream);
        ArchiveInput input = new ArchiveInput(plain);
        try {
            refuseForeignFormats(plain);
            Integer magic = input.lengthOrEnd();
            if (magic == null || magic != MAGIC) {
                throw new DamagedArchiveException(
                        null, 0, "it does not begin with the magic number of a mongodump archive", null);
            }
            ArchiveBeginning beginning = ArchiveBeginning.read(input, ArchiveBeginning.lengthLimit());
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

    /**
     * Tells whether a file is an archive.
     *
     * @param first the first bytes of the file, decompressed
     * @return true if they are the magic number
     */
    public static boolean isArchive(byte[] first) {
        return first.length >= Integer.BYTES
                && ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
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

    @Override
    public ArchiveHeader header() {
        return header;
    }

    @Override
    public List<ArchivedCollection> collections() {
        return collections;
    }

    @Override
    public void readAll(ArchiveVisitor visitor) {
        read(visitor).requireComplete();
    }

    /**
     * Passes the documents of some collections to a visitor. The stream holds only the beginning of the archive and
     * the frames of these collections. Can be called once.
     *
     * @param totals the expected totals of these collections
     * @param visitor receives the documents of a collection before its checksum is verified
     * @throws DamagedArchiveException if the archive is damaged
     */
    void readPart(List<ArchivedTotals> totals, ArchiveVisitor visitor) {
        read(visitor).end(collections, totals);
    }

    private ArchiveBlocks read(ArchiveVisitor visitor) {
        ArchiveBlocks blocks = new ArchiveBlocks(input, collections, visitor);
        @Nullable Integer length = input.lengthOrEnd();
        while (length != null) {
            if (length == MAGIC) {
                throw input.damaged("another archive begins here; only files of one archive can be read, so split it");
            }
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
