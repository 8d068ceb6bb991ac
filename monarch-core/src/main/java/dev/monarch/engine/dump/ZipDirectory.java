package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import dev.monarch.DamagedArchiveException;

/**
 * Where the central directory of a zip file is, and how many entries it claims. The library checks neither the number
 * nor the length, and finds no zip64 file behind a prefix.
 *
 * <pre>{@code
 * zip := prefix (localHeader data)* centralHeader* [zip64End zip64Locator] end comment     // little-endian
 * }</pre>
 *
 * @param begin where the zip file begins, behind a prefix such as a program; offsets in it are relative to this
 * @param directory the first header of the directory
 * @param end the end of the zip file, without its comment
 * @param entries the number of entries
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
record ZipDirectory(long begin, long directory, long end, long entries) {

    private static final String END = "PK\5\6";

    private static final int END_LENGTH = 22;

    private static final int ZIP64_LOCATOR = 0x07064b50;

    /** Without extensible data, which no program writes, the record precedes its locator. */
    private static final int ZIP64_LENGTH = 56 + 20;

    private static final int LONGEST = ZIP64_LENGTH + END_LENGTH + 0xFFFF;

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
     * @throws dev.monarch.OperationRefusedException if it has too many entries
     */
    static ZipDirectory find(ByteSource source, ContainerLimits limits) throws IOException {
        byte[] tail = tail(source);
        int end = endIn(tail);
        if (end < 0) {
            throw damaged(source, source.length(), "it is cut off: a zip file ends with its directory");
        }
        long offset = source.length() - tail.length;
        ByteBuffer record = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        int zip64 = end - ZIP64_LENGTH;
        boolean isLarge = zip64 >= 0 && record.getInt(end - 20) == ZIP64_LOCATOR;
        long entries = isLarge ? record.getLong(zip64 + 32) : Short.toUnsignedInt(record.getShort(end + 10));
        long length = isLarge ? record.getLong(zip64 + 40) : Integer.toUnsignedLong(record.getInt(end + 12));
        long claimed = isLarge ? record.getLong(zip64 + 48) : Integer.toUnsignedLong(record.getInt(end + 16));
        long directoryEnd = offset + (isLarge ? zip64 : end);
        long directory = directoryEnd - length;
        if (length < 0 || claimed < 0 || directory < claimed) {
            throw damaged(source, offset + end, "it is cut off or split, or its directory has a wrong place");
        }
        if (length > Runtime.getRuntime().maxMemory() / MEMORY_PER_BYTE) {
            throw damaged(source, directory, "its directory needs more memory than this heap has; increase -Xmx");
        }
        new FileCount(source.name(), limits).require(entries);
        return new ZipDirectory(directory - claimed, directory, offset + end + END_LENGTH, entries);
    }

    /** {@return the last bytes of the file, which may end with a comment, or with bytes that a program appended} */
    private static byte[] tail(ByteSource source) throws IOException {
        int length = (int) Math.min(source.length(), LONGEST);
        try (InputStream stream = source.open(source.length() - length, length)) {
            return stream.readNBytes(length);
        }
    }

    private static int endIn(byte[] tail) {
        return new String(tail, StandardCharsets.ISO_8859_1).lastIndexOf(END, tail.length - END_LENGTH);
    }

    private static DamagedArchiveException damaged(ByteSource source, long offset, String problem) {
        return DamagedArchiveException.inFile(source.name(), offset, problem, null);
    }
}
