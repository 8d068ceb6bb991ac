package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Optional;

import picocli.CommandLine.Parameters;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;

/** The base of the verbs that read a backup in a store, or a dump in a store or in the file system. */
abstract class BackupOrDumpVerb extends StoredBackupVerb {

    @Parameters(
            paramLabel = "BACKUP",
            description = "The name of the backup, or the path of a dump.",
            completionCandidates = Completion.Backups.class)
    private String backup;

    BackupOrDumpVerb(BackupService backups) {
        super(backups);
    }

    final String backup() {
        return backup;
    }

    final BackupSource source() {
        return BackupSource.of(backup, store().name());
    }

    final boolean isPath() {
        return source() instanceof BackupSource.ArchiveFile;
    }

    /** The path of a dump needs no store. */
    @Override
    List<Optional<String>> stores() {
        return isPath() ? List.of() : super.stores();
    }
}
