package dev.monarch.spring.boot.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.monarch.spring.boot.command.shelter.ShelterApplication;
import dev.monarch.test.TestProcess;

/**
 * An archive of the classes of an application of the tests, which starts in half the time with it. The first process of a
 * build that needs it makes it, and the others wait. A change of a class makes it again.
 *
 * <p>A JVM archives no class of a directory, and uses an archive only if the class path begins with the jars of the archive.
 * So the directories become jars. Spring Boot's starters have no classes and come last, because some tests leave some of them
 * out.
 *
 * @param file the archive
 * @param jars the jars of its classes, with which a class path must begin
 * @param starters the other jars of the class path
 */
record ClassArchive(Path file, List<String> jars, List<String> starters) {

    private static final Path FOLDER = Path.of("target", "class-archive").toAbsolutePath();

    private static final String STARTER = "spring-boot-starter-";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final class OfTheTests {

        static final ClassArchive ARCHIVE = made();
    }

    static ClassArchive ofTheTests() {
        return OfTheTests.ARCHIVE;
    }

    private static ClassArchive made() {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        try {
            Path folder = FOLDER.resolve(version(classPath));
            ClassArchive archive = in(folder, classPath);
            Files.createDirectories(FOLDER);
            try (FileChannel channel = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock one = channel.lock()) {
                if (one.isValid() && !Files.exists(archive.file())) {
                    deleteOlder();
                    Files.createDirectories(folder);
                    archive.make(classPath);
                }
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassArchive in(Path folder, List<Path> classPath) {
        List<String> jars = new ArrayList<>();
        List<String> starters = new ArrayList<>();
        for (int i = 0; i < classPath.size(); i++) {
            Path entry = classPath.get(i);
            boolean starter = entry.getFileName().toString().startsWith(STARTER);
            (starter ? starters : jars).add(jar(folder, entry, i).toString());
        }
        return new ClassArchive(folder.resolve("classes.jsa"), List.copyOf(jars), List.copyOf(starters));
    }

    private static Path jar(Path folder, Path entry, int position) {
        return Files.isDirectory(entry) ? folder.resolve(position + ".jar") : entry;
    }

    /** Returns another version if a file of the class path or the JVM has changed. */
    private static String version(List<Path> classPath) throws IOException {
        CRC32C version = new CRC32C();
        version.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
        for (Path entry : classPath) {
            for (Path file : filesOf(entry)) {
                String state = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
                version.update(state.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().toHexDigits((int) version.getValue());
    }

    private static List<Path> filesOf(Path entry) throws IOException {
        try (Stream<Path> files = Files.walk(entry)) {
            return files.sorted().toList();
        }
    }

    private static void deleteOlder() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            files.filter(file -> file.getNameCount() > FOLDER.getNameCount() + 1 || Files.isDirectory(file))
                    .filter(file -> !file.equals(FOLDER))
                    .sorted(Comparator.reverseOrder())
                    .map(Path::toFile)
                    .forEach(File::delete);
        }
    }

    private void make(List<Path> classPath) throws IOException {
        for (int i = 0; i < classPath.size(); i++) {
            if (Files.isDirectory(classPath.get(i))) {
                pack(classPath.get(i), jar(file.resolveSibling(""), classPath.get(i), i));
            }
        }
        Path unfinished = file.resolveSibling("unfinished.jsa");
        List<String> command = TestProcess.javaCommand();
        // The web server starts, and then a runner of the application fails.
        command.addAll(List.of(
                "-XX:ArchiveClassesAtExit=" + unfinished,
                "-cp",
                String.join(File.pathSeparator, jars),
                ShelterApplication.class.getName(),
                "--server.port=0",
                "--spring.mongodb.uri=mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=10",
                "--monarch.migrations.run-at=never"));
        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            process.awaitExit(PATIENCE);
            if (!Files.exists(unfinished)) {
                throw new AssertionError("There is no class archive. The output was:\n" + process.lines());
            }
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Spring finds the classes of a package only if the jar has entries of the directories. */
    private static void pack(Path directory, Path jar) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : filesOf(directory)) {
                String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(file)) {
                    if (!name.isEmpty()) {
                        zip.putNextEntry(new ZipEntry(name + "/"));
                    }
                } else {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(file, zip);
                }
            }
        }
    }
}
