package dev.monarch.engine.dump;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.UnsupportedArchive;

/** A zip file, read by its directory. The local headers may lack sizes, as those of streamed zip files do. */
final class ZipFile implements DumpContainer {

    private static final int LOCAL_HEADER = 0x04034b50;

    private static final int LONGEST_NAME_AND_EXTRA = 2 * 0xFFFF;

    private static final int STORED = 0;

    private static final int DEFLATED = 8;

    private final ByteSource source;

    private final ContainerLimits limits;

    private @Nullable List<ZipEntry> entries;

    ZipFile(ByteSource source, ContainerLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String format() {
        return "a zip file";
    }

    @Override
    public void release() throws IOException {
        source.close();
    }

    @Override
    public void forEach(FileVisitor visitor) throws IOException {
        Expansion expansion = new Expansion(name(), source.length(), limits);
        for (ZipEntry entry : entries()) {
            String path = EntryPath.of(entry.name(), name(), entry.offset());
            if (entry.isLink() || entry.isSpecial()) {
                throw damaged(
                        entry.offset(), "'" + path + "' is " + (entry.isLink() ? "a link" : "not a regular file"));
            }
            if (!entry.isDirectory()) {
                visitor.file(new ContainedFile(path, () -> expansion.counting(open(entry, path)), expansion));
            }
        }
    }

    private List<ZipEntry> entries() throws IOException {
        if (entries == null) {
            entries = ZipDirectory.read(source, limits);
        }
        return entries;
    }

    private InputStream open(ZipEntry entry, String path) throws IOException {
        if (entry.isEncrypted()) {
            throw UnsupportedArchive.toRead(Reason.FOREIGN_COMPRESSION, "'" + path + "' is encrypted");
        }
        if (entry.method() != STORED && entry.method() != DEFLATED) {
            throw UnsupportedArchive.toRead(
                    Reason.FOREIGN_COMPRESSION,
                    "'" + path + "' is compressed with method " + entry.method()
                            + " of zip, and Monarch reads only stored and deflated files");
        }
        long longest = ZipEntry.LOCAL_HEADER_LENGTH
                + LONGEST_NAME_AND_EXTRA
                + entry.sizes().stored();
        InputStream stream = new BufferedInputStream(
                source.open(entry.offset(), Math.min(longest, source.length() - entry.offset())));
        try {
            skipHeader(stream, entry, path);
            InputStream stored = new BoundedStream(stream, entry.sizes().stored());
            return new CheckedEntry(
                    entry.method() == DEFLATED ? CheckedEntry.inflated(stored) : stored, entry.sizes(), path);
        } catch (IOException | RuntimeException e) {
            try (stream) {
                throw e;
            }
        }
    }

    private void skipHeader(InputStream stream, ZipEntry entry, String path) throws IOException {
        byte[] header = stream.readNBytes(ZipEntry.LOCAL_HEADER_LENGTH);
        if (header.length < ZipEntry.LOCAL_HEADER_LENGTH
                || Bytes.uint32(header, 0) != LOCAL_HEADER
                || Bytes.uint16(header, 8) != entry.method()
                || !isNamed(entry, stream.readNBytes(Bytes.uint16(header, 26)))) {
            throw damaged(entry.offset(), "the header of '" + path + "' differs from the directory of the zip file");
        }
        int extra = Bytes.uint16(header, 28);
        if (stream.readNBytes(extra).length < extra) {
            throw damaged(entry.offset(), "the header of '" + path + "' is cut off");
        }
    }

    private static boolean isNamed(ZipEntry entry, byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1).equals(entry.rawName());
    }

    private DamagedArchiveException damaged(long offset, String problem) {
        return DamagedArchiveException.inFile(name(), offset, problem, null);
    }
}
