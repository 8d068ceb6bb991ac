package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.Manifest;

/** Deletes a backup. */
@Command(
        name = "delete-backup",
        description = "Delete a backup. This cannot be undone.",
        footer = {"  monarch delete-backup production__2026_11_20T103005Z --yes", "      Without asking."})
final class DeleteBackupVerb extends StoredBackupVerb {

    @Mixin
    private BackupName backup;

    @Mixin
    private YesOption yes;

    DeleteBackupVerb(BackupService backups) {
        super(backups);
    }

    @Override
    Report run() {
        Manifest manifest = backups().find(backup.get(), store().name());
        yes.require(
                "Delete " + manifest.name() + ", taken of '" + manifest.source().environment() + "' at "
                        + Texts.time(manifest.origin().started()) + "?");
        backups().delete(manifest.name(), store().name());
        return Report.done(
                List.of("Deleted " + manifest.name() + ", "
                        + Texts.size(manifest.archive().length()) + "."),
                new Document("deleted", manifest.name())
                        .append("storedBytes", manifest.archive().length()));
    }
}
