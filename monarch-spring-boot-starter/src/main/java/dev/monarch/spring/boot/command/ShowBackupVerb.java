package dev.monarch.spring.boot.command;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.backup.Manifest;

/** Shows what is known of a backup. */
final class ShowBackupVerb implements Verb.InContext {

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "show-backup",
                List.of(),
                "Shows what a backup is of, how consistent it is, and what is in it.",
                List.of(VerbOptions.word(0, "BACKUP", "The name of the backup."), VerbOptions.store()),
                List.of(new Example("show-backup production__2026_11_20T103005Z", "From its manifest alone.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        Manifest manifest = Beans.backups(beans).find(arguments.requiredWord(0), arguments.option(VerbOptions.STORE));
        return Report.done(BackupTexts.shown(manifest), BackupTexts.document(manifest));
    }
}
