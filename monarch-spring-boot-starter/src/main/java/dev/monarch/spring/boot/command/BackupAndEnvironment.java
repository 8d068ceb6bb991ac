package dev.monarch.spring.boot.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What is restored where, as it is typed: {@code BACKUP:ENV}, split at the last colon.
 *
 * @param backup a name in the store, or a path, which may have colons in it
 * @param environment the environment
 */
record BackupAndEnvironment(String backup, String environment) {

    /** Reads it. */
    static final class Converter implements ITypeConverter<BackupAndEnvironment> {

        @Override
        public BackupAndEnvironment convert(String word) {
            int colon = word.lastIndexOf(':');
            if (colon < 1 || colon == word.length() - 1) {
                throw new TypeConversionException("'" + word
                        + "' does not say what to restore where, as nightly__2026_11_20T103005Z:staging does");
            }
            return new BackupAndEnvironment(word.substring(0, colon), word.substring(colon + 1));
        }
    }
}
