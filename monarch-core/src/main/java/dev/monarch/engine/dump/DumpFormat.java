package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.ArchiveReader;
import dev.monarch.engine.archive.Decompressor;
import dev.monarch.engine.archive.ForeignFormat;
import dev.monarch.engine.archive.UnsupportedArchive;

/** Recognizes a dump in one file by its content. Its name decides only if it is empty or damaged. */
final class DumpFormat {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

    private static final byte[] SPLIT_ZIP = {'P', 'K', 7, 8};

    private static final byte[] PROGRAM = {'M', 'Z'};

    private static final int BEGINNING = 16;

    private static final int TAR_BLOCK = 512;

    private final ByteSource source;

    private final ContainerLimits limits;

    private DumpFormat(ByteSource source, ContainerLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /** {@return what contains the dump; empty if the file is something else, such as an archive} */
    static Optional<DumpContainer> of(ByteSource source, ContainerLimits limits) throws IOException {
        return new DumpFormat(source, limits).container();
    }

    private Optional<DumpContainer> container() throws IOException {
        byte[] first = beginning();
        // The header of a Windows program looks like the length of a document.
        if (isZip(first) || startsWith(first, PROGRAM) && ZipDirectory.isAtEndOf(source)) {
            return Optional.of(zip());
        }
        byte[] block;
        try {
            block = firstBlock(first);
        } catch (IOException | DamagedArchiveException e) {
            // Otherwise, the reader of archives reports it.
            return isNamedDocuments() ? Optional.of(new SingleFile(source, limits)) : Optional.empty();
        }
        if (isZip(block)) {
            throw UnsupportedArchive.named(
                    UnsupportedArchive.toRead(
                            Reason.FOREIGN_COMPRESSION, "it is a zip file that was compressed once more"),
                    source.name());
        }
        if (CompressLibrary.isMissing() ? ForeignFormat.TAR.matches(block) : CheckedTar.isFirst(block)) {
            CompressLibrary.requireFor(source.name(), TarContainer.FORMAT);
            return Optional.of(new TarContainer(source, limits));
        }
        if (ForeignFormat.isBson(block) || isNamedDocuments() && !isForeign(block)) {
            return Optional.of(new SingleFile(source, limits));
        }
        // A program may precede a zip file, which extracts itself then.
        return !isForeign(block) && ZipDirectory.isAtEndOf(source) ? Optional.of(zip()) : Optional.empty();
    }

    private DumpContainer zip() {
        CompressLibrary.requireFor(source.name(), ZipContainer.FORMAT);
        return new ZipContainer(source, limits);
    }

    private byte[] beginning() throws IOException {
        try (InputStream stream = source.open(0, source.length())) {
            return stream.readNBytes(BEGINNING);
        }
    }

    private byte[] firstBlock(byte[] first) throws IOException {
        InputStream stored = source.open(0, source.length());
        try (InputStream stream = Decompressor.isCompressed(first) ? Decompressor.decompressAll(stored) : stored) {
            return stream.readNBytes(TAR_BLOCK);
        }
    }

    private boolean isNamedDocuments() {
        String file = ContainedFile.lastName(source.name().replace('\\', '/'));
        return DumpFileName.of(file).kind() == DumpFileName.Kind.DOCUMENTS;
    }

    /** {@return whether a file is an archive, or has another known format} */
    private static boolean isForeign(byte[] block) {
        return ArchiveReader.isArchive(block) || ForeignFormat.isKnown(block);
    }

    private static boolean isZip(byte[] bytes) {
        return startsWith(bytes, ZIP) || startsWith(bytes, EMPTY_ZIP) || startsWith(bytes, SPLIT_ZIP);
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
