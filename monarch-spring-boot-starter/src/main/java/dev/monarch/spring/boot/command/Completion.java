package dev.monarch.spring.boot.command;

import java.util.Iterator;
import java.util.List;

/**
 * Completion candidates that only the application knows. picocli's script contains a marker in their place, which
 * {@link CompletionScript} replaces by a call of the application.
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

    /** Backup and target of a restore: {@code BACKUP:ENV}. */
    static final class BackupsAndEnvironments implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(MARK + BACKUPS + ":" + ENVIRONMENTS).iterator();
        }
    }

    /** Source and target of a copy: {@code FROM:TO}. */
    static final class PairsOfEnvironments implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(MARK + ENVIRONMENTS + ":" + ENVIRONMENTS).iterator();
        }
    }
}
