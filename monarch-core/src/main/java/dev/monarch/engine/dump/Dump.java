package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.engine.archive.Decompressor;
import dev.monarch.engine.archive.DumpReader;
import dev.monarch.engine.archive.ForeignFormat;

/**
 * A dump of files: a directory of mongodump, or a zip or tar file with one. It can be read several times; its contents
 * are listed once. Not thread-safe.
 */
public final class Dump {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

    private static final byte[] SPLIT_ZIP = {'P', 'K', 7, 8};

    private static final byte[] PROGRAM = {'M', 'Z'};

    private static final int TAR_BLOCK = 512;

    private final DumpContainer container;

    private DumpIndex.@Nullable Contents contents;

    private Dump(DumpContainer container) {
        this.container = container;
    }

    /**
     * A directory. Nothing is read yet.
     *
     * @param directory the directory
     * @param limits the limits
     * @return the dump
     */
    public static Dump ofFolder(Path directory, ContainerLimits limits) {
        return new Dump(new Folder(directory, limits));
    }

    /**
     * Detects a zip or tar file by its first bytes, whatever its name.
     *
     * @param source the file
     * @param limits the limits
     * @return the dump; empty if it is another file, such as an archive
     * @throws IOException if it cannot be read
     * @throws dev.monarch.OperationRefusedException if its compression is not supported here, or the library that reads
     *     zip and tar files is missing
     */
    public static Optional<Dump> of(ByteSource source, ContainerLimits limits) throws IOException {
        byte[] first = beginning(source.open(0, source.length()));
        if (startsWith(first, ZIP) || startsWith(first, EMPTY_ZIP) || startsWith(first, SPLIT_ZIP)) {
            return Optional.of(zip(source, limits));
        }
        try (InputStream stream = Decompressor.decompress(source.open(0, source.length()))) {
            byte[] block = stream.readNBytes(TAR_BLOCK);
            if (CompressLibrary.isMissing() ? ForeignFormat.TAR.matches(block) : CheckedTar.isFirst(block)) {
                CompressLibrary.requireFor(source.name(), TarContainer.FORMAT);
                return Optional.of(new Dump(new TarContainer(source, limits)));
            }
            // A program may precede a zip file, which extracts itself then.
            return startsWith(first, PROGRAM) && ZipDirectory.isAtEndOf(source)
                    ? Optional.of(zip(source, limits))
                    : Optional.empty();
        } catch (IOException | DamagedArchiveException e) {
            // The reader of archives reports it.
            return Optional.empty();
        }
    }

    private static Dump zip(ByteSource source, ContainerLimits limits) {
        CompressLibrary.requireFor(source.name(), ZipContainer.FORMAT);
        return new Dump(new ZipContainer(source, limits));
    }

    private static byte[] beginning(InputStream stream) throws IOException {
        try (stream) {
            return stream.readNBytes(ZIP.length);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    /** {@return the format, for people: {@code a zip file}} */
    public String format() {
        return container.format();
    }

    /** {@return whether all of it must be read to list its collections} */
    public boolean isSequential() {
        return container.isSequential();
    }

    /**
     * Lists the collections, if that was not done before, and starts a reader of them.
     *
     * @return the reader
     * @throws DamagedArchiveException if the dump is damaged, or its names are not safe
     * @throws dev.monarch.OperationRefusedException if it contains no dump, exceeds a limit, or uses a feature that is
     *     not supported
     */
    public DumpReader open() {
        try {
            if (contents == null) {
                contents = DumpIndex.of(container);
            }
            return new FileDump(container, contents);
        } catch (IOException e) {
            throw DamagedArchiveException.inFile(container.name(), 0, "it cannot be read: " + e.getMessage(), e);
        }
    }
}
