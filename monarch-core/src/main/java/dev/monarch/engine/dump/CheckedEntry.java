package dev.monarch.engine.dump;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipShort;

import dev.monarch.DamagedArchiveException;

/** Compares the content of a file in a zip file with its size and checksum. */
final class CheckedEntry extends FilterInputStream {

    private static final int BUFFER = 64 * 1024;

    private static final ZipShort ZIP64 = new ZipShort(1);

    private static final long SMALL_SIZES = 1L << 32;

    private final ZipArchiveEntry entry;

    private final String path;

    private final boolean isLarge;

    private final CRC32 crc = new CRC32();

    private long position;

    private boolean ended;

    CheckedEntry(InputStream content, ZipArchiveEntry entry, String path) {
        super(content);
        this.entry = entry;
        this.path = path;
        this.isLarge = entry.getExtraField(ZIP64) != null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            throw CompressLibrary.explained(path, position, e);
        }
        if (read > 0) {
            crc.update(bytes, offset, read);
            position += read;
            if (position > entry.getSize() && isLarge) {
                throw longer();
            }
        } else if (read < 0 && !ended) {
            ended = true;
            requireWhole();
        }
        return read;
    }

    /** Without zip64, some programs write a size modulo 4 GB. The checksum is that of the whole file. */
    private void requireWhole() {
        if (position > entry.getSize() && position % SMALL_SIZES != entry.getSize()) {
            throw longer();
        }
        if (position < entry.getSize()) {
            throw damaged("it ends here, but the zip file claims " + entry.getSize() + " bytes");
        }
        if (crc.getValue() != entry.getCrc()) {
            throw damaged("its checksum differs from that in the zip file");
        }
    }

    @Override
    public long skip(long distance) throws IOException {
        byte[] skipped = new byte[(int) Math.min(BUFFER, Math.max(distance, 0))];
        return skipped.length == 0 ? 0 : Math.max(read(skipped, 0, skipped.length), 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private DamagedArchiveException longer() {
        return damaged("it has more than the " + entry.getSize() + " bytes that the zip file claims");
    }

    private DamagedArchiveException damaged(String problem) {
        return DamagedArchiveException.inFile(path, position, problem, null);
    }
}
