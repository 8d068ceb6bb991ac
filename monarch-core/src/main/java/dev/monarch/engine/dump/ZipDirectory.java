package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.UnsupportedArchive;

/**
 * Where the central directory of a zip file is, and how many entries it claims. The library checks neither the number
 * nor the length, and finds no zip64 file behind a prefix.
 *
 * <pre>{@code
 * zip := prefix (localHeader data)* centralHeader* gap [zip64End zip64Locator] end comment     // little-endian
 * }</pre>
 *
 * @param begin where the zip file begins, behind a prefix such as a program; offsets in it are relative to this
 * @param directory the first header of the directory
 * @param length the length of the directory
 * @param gap how many bytes follow the directory that belong to nothing
 * @param end the end of the zip file, without its comment
 * @param entries the number of entries
 * @param isLarge whether it has the fields of zip64; without them, some programs write a number modulo 65,536
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
record ZipDirectory(long begin, long directory, long length, long gap, long end, long entries, boolean isLarge) {

    private static final String END = "PK\5\6";

    private static final int END_LENGTH = 22;

    private static final int HEADER = 0x02014b50;

    private static final int ZIP64_LOCATOR = 0x07064b50;

    /** Without extensible data, which no program writes, the record precedes its locator. */
    private static final int ZIP64_LENGTH = 56 + 20;

    private static final int LONGEST = ZIP64_LENGTH + END_LENGTH + 0xFFFF;

    private static final int SMALL_NUMBERS = 0x10000;

    /** Without the fields of zip64, offsets and sizes are smaller. */
    private static final long SMALL_SIZES = 1L << 32;

    /** The most heap that the library needs for a byte of the directory, in bytes. */
    private static final int MEMORY_PER_BYTE = 32;

    /** {@return whether a file ends with the directory of a zip file} */
    static boolean isAtEndOf(ByteSource source) throws IOException {
        return endIn(tail(source)) >= 0;
    }

    /**
     * Finds the directory.
     *
     * @throws DamagedArchiveException if it is damaged, or needs too much memory
     * @throws dev.monarch.OperationRefusedException if it has too many entries, or is one of several volumes
     */
    static ZipDirectory find(ByteSource source, ContainerLimits limits) throws IOException {
        byte[] tail = tail(source);
        int end = endIn(tail);
        if (end < 0) {
            throw damaged(
                    source,
                    source.length(),
                    "it is cut off, or one of several volumes: a zip file ends with its directory");
        }
        ZipDirectory found =
                read(source, ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN), end, source.length() - tail.length);
        if (found.length() > Runtime.getRuntime().maxMemory() / MEMORY_PER_BYTE) {
            throw damaged(
                    source, found.directory(), "its directory needs more memory than this heap has; increase -Xmx");
        }
        new FileCount(source.name(), limits).require(found.entries());
        return found;
    }

    private static ZipDirectory read(ByteSource source, ByteBuffer tail, int end, long offset) throws IOException {
        requireOneVolume(tail, end);
        int zip64 = end - ZIP64_LENGTH;
        boolean isLarge = zip64 >= 0 && tail.getInt(end - 20) == ZIP64_LOCATOR;
        long entries = isLarge ? tail.getLong(zip64 + 32) : Short.toUnsignedInt(tail.getShort(end + 10));
        long length = isLarge ? tail.getLong(zip64 + 40) : Integer.toUnsignedLong(tail.getInt(end + 12));
        long claimed = isLarge ? tail.getLong(zip64 + 48) : Integer.toUnsignedLong(tail.getInt(end + 16));
        long directory = offset + (isLarge ? zip64 : end) - length;
        if (length < 0 || claimed < 0 || directory < claimed) {
            throw damaged(source, offset + end, "it is cut off, or its directory has a wrong place");
        }
        // Usually, bytes that the offsets do not count precede the zip file. They may also follow the directory.
        boolean hasGap = directory > claimed && !isHeader(source, directory) && isHeader(source, claimed);
        if (hasGap && isLarge) {
            throw UnsupportedArchive.toRead(
                    Reason.FOREIGN_FORMAT,
                    "it has " + (directory - claimed) + " bytes between its directory and its end, which Monarch cannot"
                            + " skip in a zip64 file");
        }
        if (!hasGap && !isLarge && directory > claimed && (directory - claimed) % SMALL_SIZES == 0) {
            throw UnsupportedArchive.toRead(
                    Reason.FOREIGN_FORMAT,
                    "it has more than 4 GB, but not the fields of zip64, as the Archive Utility of macOS writes it;"
                            + " extract it, and restore the directory");
        }
        return new ZipDirectory(
                hasGap ? 0 : directory - claimed,
                hasGap ? claimed : directory,
                length,
                hasGap ? directory - claimed : 0,
                offset + end + END_LENGTH,
                entries,
                isLarge);
    }

    private static void requireOneVolume(ByteBuffer tail, int end) {
        int volume = Short.toUnsignedInt(tail.getShort(end + 4));
        if (volume > 0 && volume < SMALL_NUMBERS - 1) {
            throw UnsupportedArchive.toRead(
                    Reason.FOREIGN_FORMAT,
                    "it is the last of " + (volume + 1)
                            + " volumes of a zip file, which must be joined first (zip -s 0)");
        }
    }

    private static boolean isHeader(ByteSource source, long offset) throws IOException {
        try (InputStream stream = source.open(offset, Integer.BYTES)) {
            byte[] signature = stream.readNBytes(Integer.BYTES);
            return signature.length == Integer.BYTES
                    && ByteBuffer.wrap(signature).order(ByteOrder.LITTLE_ENDIAN).getInt() == HEADER;
        }
    }

    /** {@return whether it may have this number of entries} */
    boolean claims(long found) {
        return isLarge ? entries == found : entries == found % SMALL_NUMBERS;
    }

    /** {@return the last bytes of the file, which may end with a comment, or with bytes that a program appended} */
    private static byte[] tail(ByteSource source) throws IOException {
        int length = (int) Math.min(source.length(), LONGEST);
        try (InputStream stream = source.open(source.length() - length, length)) {
            return stream.readNBytes(length);
        }
    }

    /** Finds the last record whose comment fills the file; otherwise the last one, which other bytes follow. */
    private static int endIn(byte[] tail) {
        String text = new String(tail, StandardCharsets.ISO_8859_1);
        int last = text.lastIndexOf(END, tail.length - END_LENGTH);
        for (int end = last; end >= 0; end = text.lastIndexOf(END, end - 1)) {
            int comment = tail[end + 20] & 0xFF | (tail[end + 21] & 0xFF) << 8;
            if (end + END_LENGTH + comment == tail.length) {
                return end;
            }
        }
        return last;
    }

    private static DamagedArchiveException damaged(ByteSource source, long offset, String problem) {
        return DamagedArchiveException.inFile(source.name(), offset, problem, null);
    }
}
