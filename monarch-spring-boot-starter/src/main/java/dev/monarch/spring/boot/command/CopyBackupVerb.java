package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.Manifest;

/** Copies a backup or another dump into a store. It opens no connection to a database. */
@Command(
        name = "copy-backup",
        description = "Copy a backup into another store, or make a backup of a dump.",
        footer = {
            "  monarch copy-backup production__2026_11_20T103005Z --to s3",
            "      From the default store into a bucket.",
            "  monarch copy-backup dump.zip --to s3",
            "      A dump of mongodump, as a backup with a manifest."
        })
final class CopyBackupVerb extends BackupOrDumpVerb {

    @Option(names = "--database", paramLabel = "NAME", description = "The database of a dump with several.")
    private @Nullable String database;

    @Option(names = "--to", required = true, paramLabel = "STORE", description = "The target store.")
    private String to = "";

    CopyBackupVerb(BackupService backups) {
        super(backups);
    }

    @Override
    List<Optional<String>> stores() {
        return Stream.concat(super.stores().stream(), Stream.of(Optional.of(to)))
                .toList();
    }

    @Override
    Report run() {
        Manifest copy = backups().copy(source(), database, to);
        return Report.done(
                List.of("Copied as " + copy.name() + " into " + to + ": "
                        + Texts.size(copy.archive().length()) + "."),
                BackupTexts.document(copy).append("store", to));
    }
}
