package dev.monarch.spring.boot.command;

import picocli.CommandLine.Command;

import dev.monarch.UnknownBackupException;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource.Contents;
import dev.monarch.backup.Manifest;

/** Shows the manifest of a backup, or the contents of another dump. */
@Command(
        name = "show-backup",
        description = "Show a backup's source, consistency and contents, or the contents of a dump.",
        footer = {
            "  monarch show-backup production__2026_11_20T103005Z",
            "      Reads only the manifest.",
            "  monarch show-backup dump.zip",
            "      The databases and collections in a dump of mongodump."
        })
final class ShowBackupVerb extends BackupOrDumpVerb {

    ShowBackupVerb(BackupService backups) {
        super(backups);
    }

    @Override
    Report run() {
        if (isPath()) {
            return shown(backups().contents(source()));
        }
        try {
            Manifest manifest = backups().find(backup(), store().name());
            return Report.done(BackupTexts.shown(manifest), BackupTexts.document(manifest));
        } catch (UnknownBackupException e) {
            // The store may contain a dump of this name; otherwise this throws the same exception.
            return shown(backups().contents(source()));
        }
    }

    private static Report shown(Contents contents) {
        return Report.done(DumpTexts.shown(contents), DumpTexts.document(contents));
    }
}
