package dev.monarch.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of this process with jars only, as an application has it. A class archive needs jars, and a directory on the
 * class path slows down the search for each class of every other jar.
 *
 * @param jars in the order of the class path
 */
record JarPath(List<Path> jars) {

    /** @throws IllegalStateException if another module than this one is a directory */
    static JarPath ofThisProcess() throws IOException {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        Path own = location(JarPath.class);
        for (int i = 0; i < entries.length; i++) {
            if (Path.of(entries[i]).equals(own)) {
                entries[i] = jarNextTo(own).toString();
            } else if (Files.isDirectory(Path.of(entries[i]))) {
                throw new IllegalStateException(
                        entries[i] + " is not a jar: run this benchmark with the command of CONTRIBUTING.md");
            }
        }
        return new JarPath(Arrays.stream(entries).map(Path::of).toList());
    }

    /** The same without the jars of some classes. */
    JarPath without(Class<?>... types) {
        List<Path> left = Arrays.stream(types).map(JarPath::location).toList();
        return new JarPath(jars.stream().filter(jar -> !left.contains(jar)).toList());
    }

    /** The same with the jars of some classes at its end. */
    JarPath endingWith(Class<?>... types) {
        List<Path> rest = without(types).jars;
        return new JarPath(Stream.concat(rest.stream(), jars.stream().filter(jar -> !rest.contains(jar)))
                .toList());
    }

    /** The value of {@code -cp}. */
    @Override
    public String toString() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path jarNextTo(Path classes) throws IOException {
        if (Files.isRegularFile(classes)) {
            return classes;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(classes.getParent(), "*-benchmarks-*[0-9T].jar")) {
            return found.iterator().next();
        }
    }
}
