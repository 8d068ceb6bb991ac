package dev.monarch.engine.dump;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.monarch.DamagedArchiveException;

/**
 * Reads the central directory of a zip file.
 *
 * <pre>{@code
 * zip := (localHeader data)* centralHeader* [zip64End zip64Locator] end comment     // little-endian
 * }</pre>
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
final class ZipDirectory {

    private static final int END = 0x06054b50;

    private static final int END_LENGTH = 22;

    private static final int ZIP64_LOCATOR = 0x07064b50;

    private static final int ZIP64_LOCATOR_LENGTH = 20;

    private static final int ZIP64_END = 0x06064b50;

    private static final int ZIP64_END_LENGTH = 56;

    private static final int LONGEST_COMMENT = 0xFFFF;

    private final ByteSource source;

    private final ContainerLimits limits;

    private ZipDirectory(ByteSource source, ContainerLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /** Where the central headers are. Offsets in headers are relative to the prefix, which may be a program. */
    private record Place(long entries, long offset, long length, long prefix) {}

    /** {@return the entries, in the order of their data} */
    static List<ZipEntry> read(ByteSource source, ContainerLimits limits) throws IOException {
        return new ZipDirectory(source, limits).read();
    }

    private List<ZipEntry> read() throws IOException {
        Place place = place();
        FileCount count = new FileCount(source.name(), limits);
        count.require(place.entries());
        List<ZipEntry> entries = new ArrayList<>();
        long offset = place.offset();
        try (InputStream stream = new BufferedInputStream(source.open(offset, place.length()))) {
            for (long i = 0; i < place.entries(); i++) {
                count.addOne();
                ZipEntry entry = ZipEntry.read(stream, source.name(), offset, place.prefix());
                offset += entry.headerLength();
                entries.add(entry);
            }
        }
        if (offset != place.offset() + place.length()) {
            throw damaged(offset, "its directory has other entries than the " + place.entries() + " it claims");
        }
        entries.sort(Comparator.comparingLong(ZipEntry::offset));
        requireSeparate(entries, place.offset());
        return entries;
    }

    /** Several entries with the same data make a small file expand to any size. */
    private void requireSeparate(List<ZipEntry> entries, long directory) {
        for (int i = 0; i < entries.size(); i++) {
            ZipEntry entry = entries.get(i);
            long next = i + 1 < entries.size() ? entries.get(i + 1).offset() : directory;
            if (entry.offset() < 0 || entry.offset() > next || entry.earliestEnd() > next) {
                throw damaged(entry.offset(), "'" + entry.name() + "' overlaps what follows it");
            }
        }
    }

    /** {@return whether a file ends with the directory of a zip file} */
    static boolean isAtEndOf(ByteSource source) throws IOException {
        ZipDirectory directory = new ZipDirectory(source, new ContainerLimits(1, 1));
        return endIn(directory.tail()) >= 0;
    }

    private Place place() throws IOException {
        byte[] tail = tail();
        int end = endIn(tail);
        if (end < 0) {
            throw damaged(source.length(), "it is cut off: a zip file ends with its directory");
        }
        return place(tail, end, source.length() - tail.length + end);
    }

    /** {@return the last bytes of the file, which may end with a comment} */
    private byte[] tail() throws IOException {
        int length = (int) Math.min(source.length(), END_LENGTH + LONGEST_COMMENT);
        return bytes(source.length() - length, length);
    }

    /** Some programs append bytes. If no record ends exactly at the end of the file, the last one counts. */
    private static int endIn(byte[] tail) {
        int last = -1;
        for (int at = tail.length - END_LENGTH; at >= 0; at--) {
            if (Bytes.uint32(tail, at) == END) {
                int end = at + END_LENGTH + Bytes.uint16(tail, at + 20);
                if (end == tail.length) {
                    return at;
                }
                last = last < 0 && end < tail.length ? at : last;
            }
        }
        return last;
    }

    private Place place(byte[] end, int at, long offset) throws IOException {
        int entries = Bytes.uint16(end, at + 10);
        long length = Bytes.uint32(end, at + 12);
        long directory = Bytes.uint32(end, at + 16);
        if (offset >= ZIP64_LOCATOR_LENGTH + ZIP64_END_LENGTH) {
            byte[] locator = bytes(offset - ZIP64_LOCATOR_LENGTH, ZIP64_LOCATOR_LENGTH);
            if (Bytes.uint32(locator, 0) == ZIP64_LOCATOR) {
                return zip64(locator, offset - ZIP64_LOCATOR_LENGTH);
            }
        }
        int disk = Bytes.uint16(end, at + 4);
        if (disk != 0 || Bytes.uint16(end, at + 8) != entries) {
            throw damaged(offset, "it is a part of a zip file that was split");
        }
        return place(entries, length, directory, offset);
    }

    /** If the directory is not where it is claimed to be, a prefix before the zip file moves all offsets. */
    private Place place(long entries, long length, long claimed, long end) throws IOException {
        if (length >= Integer.BYTES
                && claimed >= 0
                && claimed <= end - length
                && Bytes.uint32(bytes(claimed, Integer.BYTES), 0) == ZipEntry.HEADER) {
            return new Place(entries, claimed, length, 0);
        }
        long begin = end - length;
        if (length < 0 || claimed < 0 || begin < claimed) {
            throw damaged(end, "it is cut off, or its directory has a wrong place");
        }
        return new Place(entries, begin, length, begin - claimed);
    }

    private Place zip64(byte[] locator, long locatorOffset) throws IOException {
        long claimed = Bytes.int64(locator, 8);
        // Without extensible data, which no program writes, the record precedes the locator.
        long offset = locatorOffset - ZIP64_END_LENGTH;
        if (claimed < 0 || claimed > offset) {
            throw damaged(locatorOffset, "it is cut off, or its directory has a wrong place");
        }
        byte[] end = bytes(offset, ZIP64_END_LENGTH);
        if (Bytes.uint32(end, 0) != ZIP64_END) {
            throw damaged(offset, "the end of its directory is damaged");
        }
        return place(Bytes.int64(end, 32), Bytes.int64(end, 40), Bytes.int64(end, 48), offset);
    }

    private byte[] bytes(long offset, int length) throws IOException {
        try (InputStream stream = source.open(offset, length)) {
            byte[] bytes = stream.readNBytes(length);
            if (bytes.length < length) {
                throw damaged(offset + bytes.length, "it is cut off here");
            }
            return bytes;
        }
    }

    private DamagedArchiveException damaged(long offset, String problem) {
        return DamagedArchiveException.inFile(source.name(), offset, problem, null);
    }
}
