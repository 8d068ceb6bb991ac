package dev.monarch.spring.boot.command;

import java.util.Iterator;
import java.util.List;

/**
 * What a shell completes that only the application knows. The script of picocli's has a mark in its place, which {@link
 * CompletionScript} makes a question to the application.
 */
final class Completion {

    static final String MARK = "@";

    static final String ENVIRONMENTS = "environments";

    static final String BACKUPS = "backups";

    private Completion() {}

    /** The names of environments. */
    static final class Environments implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(MARK + ENVIRONMENTS).iterator();
        }
    }

    /** The names of backups. */
    static final class Backups implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(MARK + BACKUPS).iterator();
        }
    }

    /** What is restored where: {@code BACKUP:ENV}. */
    static final class BackupsAndEnvironments implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(MARK + BACKUPS + ":" + ENVIRONMENTS).iterator();
        }
    }

    /** What is copied where: {@code FROM:TO}. */
    static final class PairsOfEnvironments implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(MARK + ENVIRONMENTS + ":" + ENVIRONMENTS).iterator();
        }
    }
}
