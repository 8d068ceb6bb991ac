package dev.monarch.engine.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.engine.archive.DumpReader;

/**
 * A dump of files: a directory of mongodump, a zip or tar file with one, or a single file of it. It can be read several
 * times; its contents are listed once. Not thread-safe.
 */
public final class Dump {

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
     * A directory whose files are not in the file system, for example objects of a bucket. Nothing is read yet.
     *
     * @param directory its name, with which the names of the files begin: {@code dump} for {@code dump/shop/dogs.bson}
     * @param files lists the files, always in the same order; each stream is closed
     * @param limits the limits
     * @return the dump
     */
    public static Dump ofFiles(
            String directory, Supplier<? extends Stream<? extends ByteSource>> files, ContainerLimits limits) {
        return new Dump(new SourceFolder(directory, files, limits));
    }

    /**
     * Detects a zip file, a tar file, or the documents of one collection by the content of the file.
     *
     * @param source the file
     * @param limits the limits
     * @return the dump; empty if it is another file, such as an archive
     * @throws IOException if it cannot be read
     * @throws dev.monarch.OperationRefusedException if its compression is not supported here, or the library that reads
     *     zip and tar files is missing
     */
    public static Optional<Dump> of(ByteSource source, ContainerLimits limits) throws IOException {
        return DumpFormat.of(source, limits).map(Dump::new);
    }

    /** {@return the format, for people: {@code a zip file}} */
    public String format() {
        return container.format();
    }

    /** {@return whether listing its collections takes long, because all of it must be read} */
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
            throw released(
                    DamagedArchiveException.inFile(container.name(), 0, "it cannot be read: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            throw released(e);
        }
    }

    /** There is no reader that releases the container when it is closed. */
    private RuntimeException released(RuntimeException failure) {
        try {
            container.release();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }
}
