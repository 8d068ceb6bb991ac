package dev.monarch.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a server of a test keeps its data: in memory if the machine has a large file system there, or else on the disk.
 * A killed server finds its data again in both; only a machine that goes down tells them apart, and no test does that.
 */
final class ServerFolder {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** Several servers run at a time, and those of some tests hold much data. */
    private static final long ENOUGH = 6L << 30;

    private ServerFolder() {}

    static Path create() throws IOException {
        String prefix = "monarch-mongod-";
        return isLarge(MEMORY) ? Files.createTempDirectory(MEMORY, prefix) : Files.createTempDirectory(prefix);
    }

    private static boolean isLarge(Path folder) throws IOException {
        return Files.isWritable(folder) && Files.getFileStore(folder).getUsableSpace() > ENOUGH;
    }
}
