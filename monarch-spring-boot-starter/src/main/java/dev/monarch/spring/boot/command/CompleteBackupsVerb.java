package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import picocli.CommandLine.Command;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSummary;

/** Prints the names of backups for shell completion. It opens no connection to a database. */
@Command(name = "complete-backups", hidden = true, description = "Print the names of backups.")
final class CompleteBackupsVerb extends StoredBackupVerb {

    CompleteBackupsVerb(BackupService backups) {
        super(backups);
    }

    @Override
    Report run() {
        List<String> names =
                backups().list(store().name()).stream().map(BackupSummary::name).toList();
        return Report.done(names, new Document("backups", names));
    }
}
