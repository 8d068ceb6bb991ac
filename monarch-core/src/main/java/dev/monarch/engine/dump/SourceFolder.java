package dev.monarch.engine.dump;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A directory of files that are not in the file system, for example the objects of a bucket. */
final class SourceFolder implements DumpContainer {

    /** Each description is read separately. For more files, this takes too long for a list. */
    private static final int QUICKLY_READ = 200;

    private final String directory;

    private final Supplier<? extends Stream<? extends ByteSource>> files;

    private final ContainerLimits limits;

    /**
     * @param directory its name, with which the names of the files begin
     * @param files lists the files, always in the same order
     */
    SourceFolder(String directory, Supplier<? extends Stream<? extends ByteSource>> files, ContainerLimits limits) {
        this.directory = directory;
        this.files = files;
        this.limits = limits;
    }

    @Override
    public String name() {
        return directory;
    }

    @Override
    public String database() {
        return ContainerName.ofDirectory(directory);
    }

    @Override
    public boolean isFolder() {
        return true;
    }

    @Override
    public boolean isSequential() {
        try (Stream<? extends ByteSource> all = files.get()) {
            return all.skip(QUICKLY_READ).findFirst().isPresent();
        }
    }

    @Override
    public String format() {
        return "a directory";
    }

    @Override
    public void forEach(FileVisitor visitor) throws IOException {
        FileCount count = new FileCount(name(), limits);
        try (Stream<? extends ByteSource> all = files.get()) {
            for (Iterator<? extends ByteSource> each = all.iterator(); each.hasNext(); ) {
                count.addOne();
                try (ByteSource source = each.next()) {
                    String path = EntryPath.of(source.name().substring(directory.length() + 1), name(), 0);
                    visitor.file(new ContainedFile(
                            path, () -> source.open(0, source.length()), new Expansion(path, source.length(), limits)));
                }
            }
        }
    }
}
