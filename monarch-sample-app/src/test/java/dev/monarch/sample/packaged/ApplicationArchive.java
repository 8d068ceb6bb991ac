package dev.monarch.sample.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * An archive of the classes of the extracted kennel while it serves requests. That of the guide is written by a command, which
 * has no web server. The first process of a build that needs this one writes it, and the others wait.
 */
final class ApplicationArchive {

    private static final class OfThisBuild {

        static final Path FILE = written();
    }

    private ApplicationArchive() {}

    static Path file() {
        return OfThisBuild.FILE;
    }

    private static Path written() {
        Path file = ExtractedKennel.jar().resolveSibling("application.jsa");
        try (FileChannel channel = FileChannel.open(
                        file.resolveSibling("application.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock one = channel.lock()) {
            if (one.isValid() && !isOfThisBuild(file)) {
                write(file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each build writes the archive of the guide again, after the jar. */
    private static boolean isOfThisBuild(Path file) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(ExtractedKennel.archive())) > 0;
    }

    /** The JVM writes it when it ends. */
    private static void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling("unfinished.jsa");
        Path data = Files.createTempDirectory("kennel");
        try (Kennel kennel = Kennel.start(
                ExtractedKennel.plainCommand(
                        "-XX:ArchiveClassesAtExit=" + unfinished,
                        "-jar",
                        ExtractedKennel.jar().toString()),
                "--server.port=0",
                "--kennel.embedded.directory=" + data)) {
            for (String path : new String[] {"/dogs?size=1", "/actuator/health", "/actuator/prometheus"}) {
                kennel.get(path);
            }
            kennel.terminate();
            if (!Files.exists(unfinished)) {
                throw new AssertionError("There is no class archive. The output was:\n" + kennel.lines());
            }
        } finally {
            try (var files = Files.list(data)) {
                files.forEach(one -> one.toFile().delete());
            }
            Files.delete(data);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
