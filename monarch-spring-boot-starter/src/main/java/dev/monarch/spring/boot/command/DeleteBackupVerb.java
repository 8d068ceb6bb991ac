package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.Manifest;

/** Deletes a backup. */
final class DeleteBackupVerb implements Verb.InContext {

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "delete-backup",
                List.of(),
                "Deletes a backup, which cannot be undone.",
                List.of(
                        VerbOptions.word(0, "BACKUP", "The name of the backup."),
                        VerbOptions.store(),
                        VerbOptions.flag(VerbOptions.YES, "Says yes without a question.")),
                List.of(new Example("delete-backup production__2026_11_20T103005Z --yes", "Without a question.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        BackupService backups = Beans.backups(beans);
        String store = arguments.option(VerbOptions.STORE);
        Manifest manifest = backups.find(arguments.requiredWord(0), store);
        PlainYes.require(
                arguments,
                console,
                "Delete " + manifest.name() + ", taken of '" + manifest.environment() + "' at "
                        + Texts.time(manifest.started()) + "?");
        backups.delete(manifest.name(), store);
        return Report.done(
                List.of("Deleted " + manifest.name() + ", "
                        + Texts.size(manifest.archive().length()) + "."),
                new Document("deleted", manifest.name())
                        .append("storedBytes", manifest.archive().length()));
    }
}
