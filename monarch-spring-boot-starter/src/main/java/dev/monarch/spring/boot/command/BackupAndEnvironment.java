package dev.monarch.spring.boot.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The backup and the target environment of a restore, as typed: {@code BACKUP:ENV}, split at the last colon.
 *
 * @param backup a name in the store, or a path, which may contain colons
 * @param environment the target environment
 */
record BackupAndEnvironment(String backup, String environment) {

    /** Parses it. */
    static final class Converter implements ITypeConverter<BackupAndEnvironment> {

        @Override
        public BackupAndEnvironment convert(String word) {
            int colon = word.lastIndexOf(':');
            if (colon < 1 || colon == word.length() - 1) {
                throw new TypeConversionException(
                        "'" + word + "' is not BACKUP:ENV, for example nightly__2026_11_20T103005Z:staging");
            }
            return new BackupAndEnvironment(word.substring(0, colon), word.substring(colon + 1));
        }
    }
}
