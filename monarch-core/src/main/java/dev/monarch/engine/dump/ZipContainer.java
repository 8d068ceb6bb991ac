package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipLong;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.utils.IOUtils;
import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.UnsupportedArchive;

/** A zip file, read by its directory. The local headers may lack sizes, as those of streamed zip files do. */
final class ZipContainer implements DumpContainer {

    static final String FORMAT = "a zip file";

    private static final int LOCAL_HEADER_LENGTH = 30;

    /** Those that the library reads without other libraries, and that programs of today write. */
    private static final Set<ZipMethod> METHODS =
            Set.of(ZipMethod.STORED, ZipMethod.DEFLATED, ZipMethod.ENHANCED_DEFLATED, ZipMethod.BZIP2);

    private final ByteSource source;

    private final ContainerLimits limits;

    private @Nullable Listed listed;

    ZipContainer(ByteSource source, ContainerLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /**
     * The entries, in the order of their data.
     *
     * @param begin where the zip file begins, in bytes of the source
     */
    private record Listed(ZipFile zip, ByteSourceChannel channel, List<ZipArchiveEntry> entries, long begin) {

        /** {@return where an entry is, in bytes of the source} */
        long offset(ZipArchiveEntry entry) {
            return begin + entry.getLocalHeaderOffset();
        }
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public boolean comparesNames() {
        return true;
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public void release() throws IOException {
        source.close();
    }

    @Override
    public void forEach(FileVisitor visitor) throws IOException {
        Listed all = listed();
        Expansion expansion = new Expansion(name(), source.length(), limits);
        for (ZipArchiveEntry entry : all.entries()) {
            long offset = all.offset(entry);
            String path = EntryPath.of(ZipName.of(entry), name(), offset);
            boolean isDirectory = isDirectory(entry);
            requireKind(entry, isDirectory ? UnixStat.DIR_FLAG : UnixStat.FILE_FLAG, path, offset);
            if (!isDirectory) {
                visitor.file(new ContainedFile(path, () -> expansion.counting(open(all, entry, path)), expansion));
            }
        }
    }

    private static boolean isDirectory(ZipArchiveEntry entry) {
        return entry.isDirectory() || entry.getName().endsWith("\\") && entry.getSize() == 0;
    }

    /** Some programs write the attributes of Unix, but claim another system. */
    private void requireKind(ZipArchiveEntry entry, int expected, String path, long offset) {
        int kind = (int) (entry.getExternalAttributes() >> Short.SIZE) & UnixStat.FILE_TYPE_FLAG;
        if (kind != 0 && kind != expected) {
            String problem = kind == UnixStat.LINK_FLAG ? "a link" : "not a regular file";
            throw damaged(offset, "'" + path + "' is " + problem);
        }
    }

    private Listed listed() throws IOException {
        if (listed == null) {
            listed = list(ZipDirectory.find(source, limits));
        }
        return listed;
    }

    private Listed list(ZipDirectory directory) {
        ByteSourceChannel channel = new ByteSourceChannel(source, directory);
        try {
            // The local headers are read with their files: they are spread over the whole zip file.
            ZipFile zip = ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .setUseUnicodeExtraFields(false)
                    .get();
            Listed all = new Listed(zip, channel, Collections.list(zip.getEntriesInPhysicalOrder()), directory.begin());
            new FileCount(name(), limits).require(all.entries().size());
            if (!directory.claims(all.entries().size())) {
                throw damaged(
                        directory.directory(),
                        "its directory has " + all.entries().size() + " entries, but claims " + directory.entries());
            }
            requireSeparate(all, directory.directory());
            return all;
        } catch (IOException | RuntimeException e) {
            throw CompressLibrary.explained(name(), directory.begin() + channel.position(), e);
        }
    }

    /** Several entries with the same data make a small file expand to any size. */
    private void requireSeparate(Listed all, long directory) {
        List<ZipArchiveEntry> entries = all.entries();
        for (int i = 0; i < entries.size(); i++) {
            ZipArchiveEntry entry = entries.get(i);
            long offset = all.offset(entry);
            long next = i + 1 < entries.size() ? all.offset(entries.get(i + 1)) : directory;
            // The local header may also have extra fields.
            if (entry.getCompressedSize() > next - offset - LOCAL_HEADER_LENGTH - entry.getRawName().length) {
                throw damaged(offset, "'" + ZipName.of(entry) + "' overlaps what follows it");
            }
        }
    }

    private InputStream open(Listed all, ZipArchiveEntry entry, String path) {
        requireReadable(entry, path);
        try {
            requireSameHeader(all, entry, path);
            return new CheckedEntry(content(all.zip(), entry), entry, path);
        } catch (IOException | RuntimeException e) {
            throw CompressLibrary.explained(name(), all.offset(entry), e);
        }
    }

    /** The library inflates 512 bytes at a time. */
    private static InputStream content(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        return entry.getMethod() == ZipMethod.DEFLATED.getCode()
                ? new InflatedStream(zip.getRawInputStream(entry), entry.getCompressedSize())
                : zip.getInputStream(entry);
    }

    /** The library also reads other methods, some of which need more libraries. */
    private static void requireReadable(ZipArchiveEntry entry, String path) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw UnsupportedArchive.toRead(Reason.FOREIGN_COMPRESSION, "'" + path + "' is encrypted");
        }
        if (METHODS.stream().noneMatch(method -> method.getCode() == entry.getMethod())) {
            throw UnsupportedArchive.toRead(
                    Reason.FOREIGN_COMPRESSION,
                    "'" + path + "' is compressed with method " + entry.getMethod()
                            + " of zip, and Monarch reads only stored, deflate, deflate64 and bzip2");
        }
    }

    private void requireSameHeader(Listed all, ZipArchiveEntry entry, String path) throws IOException {
        byte[] name = entry.getRawName();
        ByteBuffer header =
                ByteBuffer.allocate(LOCAL_HEADER_LENGTH + name.length).order(ByteOrder.LITTLE_ENDIAN);
        all.channel().position(entry.getLocalHeaderOffset());
        IOUtils.readFully(all.channel(), header);
        if (header.getInt(0) != (int) ZipLong.LFH_SIG.getValue()
                || Short.toUnsignedInt(header.getShort(8)) != entry.getMethod()
                || Short.toUnsignedInt(header.getShort(26)) != name.length
                || !Arrays.equals(header.array(), LOCAL_HEADER_LENGTH, header.capacity(), name, 0, name.length)) {
            throw damaged(all.offset(entry), "the header of '" + path + "' differs from the directory of the zip file");
        }
    }

    private DamagedArchiveException damaged(long offset, String problem) {
        return DamagedArchiveException.inFile(name(), offset, problem, null);
    }
}
