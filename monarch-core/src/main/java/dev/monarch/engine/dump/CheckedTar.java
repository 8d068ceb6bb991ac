package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.ProxyInputStream;
import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.UnsupportedArchive;

/**
 * Reads a tar file by the library, and checks what the library does not: the checksum of each header, whether the end
 * is missing, and the memory that names and attributes need. The stream has the content of the current entry.
 */
final class CheckedTar extends TarArchiveInputStream {

    /** GNU tar writes the names of a directory's files behind its header. */
    static final byte DIRECTORY_WITH_LIST = 'D';

    /** Names and attributes are short. This also limits how many of them precede one file. */
    private static final int LONGEST_HEADERS = 256 * 1024;

    private final HeaderLimit bytes;

    private final String name;

    private final FileCount count;

    private boolean ended;

    private long header;

    private CheckedTar(HeaderLimit bytes, String name, FileCount count) {
        super(bytes, TarConstants.DEFAULT_BLKSIZE, TarConstants.DEFAULT_RCDSIZE, StandardCharsets.UTF_8.name(), false);
        this.bytes = bytes;
        this.name = name;
        this.count = count;
    }

    static CheckedTar of(InputStream stream, String name, FileCount count) {
        return new CheckedTar(new HeaderLimit(stream), name, count);
    }

    /** {@return whether these bytes are the first block of a tar file, which may be empty} */
    static boolean isFirst(byte[] block) {
        return block.length == TarConstants.DEFAULT_RCDSIZE && (isZero(block) || hasChecksum(block));
    }

    /** {@return the offset of the current entry's header, in bytes of the decompressed tar file} */
    long header() {
        return header;
    }

    /** {@return the next entry; null at the end} */
    @Nullable
    TarArchiveEntry next() {
        try {
            skipCurrent();
            bytes.permitted = LONGEST_HEADERS;
            TarArchiveEntry entry = getNextEntry();
            bytes.permitted = Long.MAX_VALUE;
            if (entry != null && entry.isSparse()) {
                throw sparse(entry.getName());
            }
            return entry;
        } catch (IOException | RuntimeException e) {
            throw CompressLibrary.explained(name, bytes.position, e);
        }
    }

    private void skipCurrent() throws IOException {
        TarArchiveEntry entry = getCurrentEntry();
        if (entry == null) {
            return;
        }
        if (entry.isDirectory()) {
            // The library expects no content here.
            IOUtils.skipFully(bytes, entry.getSize());
            IOUtils.skipFully(bytes, -entry.getSize() & TarConstants.DEFAULT_RCDSIZE - 1);
        } else {
            while (skip(Long.MAX_VALUE) > 0) {
                // It skips as much as it can.
            }
        }
    }

    /** Reads the next header. The library calls it for names and attributes, too. */
    @Override
    protected byte @Nullable [] readRecord() throws IOException {
        byte[] record = super.readRecord();
        while (record != null && isZero(record)) {
            // More entries may follow, if tar files were concatenated. Compressed files have a checksum at their end.
            ended = true;
            bytes.permitted = LONGEST_HEADERS;
            record = super.readRecord();
        }
        if (record != null) {
            ended = false;
            header = bytes.position - record.length;
            require(record);
        } else if (!ended || bytes.position % TarConstants.DEFAULT_RCDSIZE != 0) {
            throw damaged(bytes.position, "it is cut off: a tar file ends with an empty block");
        }
        return record;
    }

    private void require(byte[] record) {
        if (!hasChecksum(record)) {
            throw damaged(header, "the checksum of a header is wrong");
        }
        count.addOne();
        if (record[TarConstants.LF_OFFSET] == TarConstants.LF_GNUTYPE_SPARSE) {
            throw sparse(TarUtils.parseName(record, 0, TarConstants.NAMELEN));
        }
    }

    private static boolean hasChecksum(byte[] block) {
        try {
            return TarUtils.verifyCheckSum(block);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static OperationRefusedException sparse(String file) {
        return UnsupportedArchive.toRead(
                Reason.FOREIGN_COMPRESSION, "'" + file + "' is stored as a sparse file, which Monarch cannot read");
    }

    private DamagedArchiveException damaged(long at, String problem) {
        return DamagedArchiveException.inFile(name, at, problem, null);
    }

    /** Counts bytes, and permits only some while a header is read. */
    private static final class HeaderLimit extends ProxyInputStream {

        private long position;

        private long permitted = Long.MAX_VALUE;

        HeaderLimit(InputStream stream) {
            super(stream);
        }

        @Override
        protected void afterRead(int bytes) throws IOException {
            position += Math.max(bytes, 0);
            permitted -= Math.max(bytes, 0);
            if (permitted < 0) {
                throw new IOException(
                        "the names and attributes of a file have more than " + LONGEST_HEADERS + " bytes");
            }
        }

        /** The underlying stream does not support it. */
        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
