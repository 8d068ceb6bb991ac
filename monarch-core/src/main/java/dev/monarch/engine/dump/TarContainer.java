package dev.monarch.engine.dump;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.io.input.ProxyInputStream;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.Decompressor;
import dev.monarch.engine.archive.UnsupportedArchive;

/** A tar file, compressed or not. It has no directory, so it is always read from its beginning to its end. */
final class TarContainer implements DumpContainer {

    static final String FORMAT = "a tar file";

    /** The label of a volume. */
    private static final byte LABEL = 'V';

    /** The rest of a file that begins on the volume before. */
    private static final byte CONTINUED = 'M';

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
        InputStream decompressed = expansion.counting(Decompressor.decompressAll(source.open(0, source.length())));
        try (CheckedTar tar = CheckedTar.of(decompressed, name(), new FileCount(name(), limits))) {
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                String path = EntryPath.of(entry.getName(), name(), tar.header());
                if (isFile(entry, tar.header())) {
                    Content content = new Content(tar, path);
                    visitor.file(new ContainedFile(path, () -> content, expansion));
                }
            }
        }
    }

    private boolean isFile(TarArchiveEntry entry, long offset) {
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG -> !entry.isDirectory();
            case TarConstants.LF_DIR, CheckedTar.DIRECTORY_WITH_LIST, LABEL -> false;
            case CONTINUED ->
                throw UnsupportedArchive.toRead(
                        Reason.FOREIGN_FORMAT,
                        "it is one of several volumes of a tar file, which must be extracted together");
            case TarConstants.LF_LINK, TarConstants.LF_SYMLINK ->
                throw DamagedArchiveException.inFile(name(), offset, "'" + entry.getName() + "' is a link", null);
            default ->
                throw DamagedArchiveException.inFile(
                        name(), offset, "'" + entry.getName() + "' is not a regular file", null);
        };
    }

    /** The content of the current file. It can be reset to its beginning. Closing it leaves the tar file open. */
    private static final class Content extends BufferedInputStream {

        /** Longer reads pass by the buffer. */
        private static final int BUFFER = 16;

        Content(CheckedTar tar, String path) {
            super(new Checked(tar, path), BUFFER);
        }

        @Override
        public void close() {}
    }

    /** Explains the failures of the library. */
    private static final class Checked extends ProxyInputStream {

        private final String path;

        private long position;

        Checked(CheckedTar tar, String path) {
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
    }
}
