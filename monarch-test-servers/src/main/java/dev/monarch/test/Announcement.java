package dev.monarch.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Prints and records which server the tests run on, so that a run on the embedded one is not taken for one on MongoDB.
 */
final class Announcement {

    private static final Path FILE = Path.of("target", "test-servers.txt");

    private Announcement() {}

    static void of(Server server) {
        String line = "Monarch tests run on: " + server.description();
        System.out.println(line);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
