package dev.monarch.spring.boot.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.Manifest;

/** Shows the manifest of a backup. */
@Command(
        name = "show-backup",
        description = "Show a backup's source, consistency and contents.",
        footer = {"  monarch show-backup production__2026_11_20T103005Z", "      Reads only the manifest."})
final class ShowBackupVerb extends StoredBackupVerb {

    @Mixin
    private BackupName backup;

    ShowBackupVerb(BackupService backups) {
        super(backups);
    }

    @Override
    Report run() {
        Manifest manifest = backups().find(backup.get(), store().name());
        return Report.done(BackupTexts.shown(manifest), BackupTexts.document(manifest));
    }
}
