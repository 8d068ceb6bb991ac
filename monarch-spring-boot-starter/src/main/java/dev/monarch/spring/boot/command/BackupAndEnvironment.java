package dev.monarch.spring.boot.command;

/**
 * What is restored where, as it is typed: {@code BACKUP:ENV}, split at the last colon.
 *
 * @param backup a name in the store, or a path, which may have colons in it
 * @param environment the environment
 */
record BackupAndEnvironment(String backup, String environment) {

    static BackupAndEnvironment of(String word) {
        int colon = word.lastIndexOf(':');
        if (colon < 1 || colon == word.length() - 1) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "Say what to restore where: BACKUP:ENV, for example nightly__2026_11_20T103005Z:staging, not '"
                            + word + "'.");
        }
        return new BackupAndEnvironment(word.substring(0, colon), word.substring(colon + 1));
    }
}
