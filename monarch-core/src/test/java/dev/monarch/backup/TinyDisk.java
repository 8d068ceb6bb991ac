package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A file system of 256 KB. If it cannot be mounted, the test is skipped. */
record TinyDisk(Path folder) implements AutoCloseable {

    static TinyDisk mountedIn(Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.toString()), "tmpfs can be mounted");
        return new TinyDisk(folder);
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).start().onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        run("umount", folder.toString());
    }
}
