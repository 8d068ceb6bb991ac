package dev.monarch.spring.boot.command;

import picocli.CommandLine.Parameters;

/** The backup that a verb works on. */
final class BackupName {

    @Parameters(
            paramLabel = "BACKUP",
            description = "The name of the backup.",
            completionCandidates = Completion.Backups.class)
    private String name;

    String get() {
        return name;
    }
}
