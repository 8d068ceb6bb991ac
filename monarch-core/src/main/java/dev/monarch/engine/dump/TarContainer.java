package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.io.input.ProxyInputStream;

import dev.monarch.DamagedArchiveException;
import dev.monarch.engine.archive.Decompressor;

/** A tar file, compressed or not. It has no directory, so it is always read from its beginning to its end. */
final class TarContainer implements DumpContainer {

    static final String FORMAT = "a tar file";

    /** The label of a volume. */
    private static final byte LABEL = 'V';

    private final ByteSource source;

    private final ContainerLimits limits;

    TarContainer(ByteSource source, ContainerLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public boolean isSequential() {
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
        Expansion expansion = new Expansion(name(), source.length(), limits);
        InputStream decompressed = expansion.counting(Decompressor.decompress(source.open(0, source.length())));
        try (CheckedTar tar = CheckedTar.of(decompressed, name(), new FileCount(name(), limits))) {
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                String path = EntryPath.of(entry.getName(), name(), tar.header());
                if (isFile(entry, tar.header())) {
                    visitor.file(new ContainedFile(path, () -> new Content(tar, path), expansion));
                }
            }
        }
    }

    private boolean isFile(TarArchiveEntry entry, long offset) {
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG -> !entry.isDirectory();
            case TarConstants.LF_DIR, CheckedTar.DIRECTORY_WITH_LIST, LABEL -> false;
            case TarConstants.LF_LINK, TarConstants.LF_SYMLINK ->
                throw DamagedArchiveException.inFile(name(), offset, "'" + entry.getName() + "' is a link", null);
            default ->
                throw DamagedArchiveException.inFile(
                        name(), offset, "'" + entry.getName() + "' is not a regular file", null);
        };
    }

    /** The content of the current file. Closing it leaves the tar file open. */
    private static final class Content extends ProxyInputStream {

        private final String path;

        private long position;

        Content(CheckedTar tar, String path) {
            super(tar);
            this.path = path;
        }

        @Override
        protected void afterRead(int bytes) {
            position += Math.max(bytes, 0);
        }

        @Override
        protected void handleIOException(IOException failure) {
            throw CompressLibrary.explained(path, position, failure);
        }

        @Override
        public void close() {}
    }
}
