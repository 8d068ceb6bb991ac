package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.Manifest;

/** Copies a backup into another store. It opens no connection to a database. */
@Command(
        name = "copy-backup",
        description = "Copy a backup into another store and verify its checksum.",
        footer = {
            "  monarch copy-backup production__2026_11_20T103005Z --to s3",
            "      From the default store into a bucket."
        })
final class CopyBackupVerb extends StoredBackupVerb {

    @Mixin
    private BackupName backup;

    @Option(names = "--to", required = true, paramLabel = "STORE", description = "The target store.")
    private String to = "";

    CopyBackupVerb(BackupService backups) {
        super(backups);
    }

    @Override
    List<Optional<String>> stores() {
        return List.of(Optional.ofNullable(store().name()), Optional.of(to));
    }

    @Override
    Report run() {
        Manifest copy = backups().copy(backup.get(), store().name(), to);
        return Report.done(
                List.of("Copied as " + copy.name() + " into " + to + ": "
                        + Texts.size(copy.archive().length()) + "."),
                BackupTexts.document(copy).append("store", to));
    }
}
