package dev.monarch.spring.boot.command;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.backup.Manifest;

/** Copies a backup into another store; opens no connection to a database. */
final class CopyBackupVerb implements Verb.InContext {

    private static final String TO = "--to";

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "copy-backup",
                List.of(),
                "Copies a backup into another store, and verifies its bytes on the way.",
                List.of(
                        VerbOptions.word(0, "BACKUP", "The name of the backup."),
                        VerbOptions.store(),
                        VerbOptions.value(TO, "STORE", "The other store.")),
                List.of(new Example(
                        "copy-backup production__2026_11_20T103005Z --to s3",
                        "From the default store into a bucket.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        String to = arguments.option(TO);
        if (to == null) {
            throw new CommandException(ExitCode.WRONG_USE, "Say where to: --to STORE, for example --to s3.");
        }
        Manifest copy = Beans.backups(beans).copy(arguments.requiredWord(0), arguments.option(VerbOptions.STORE), to);
        return Report.done(
                List.of("Copied as " + copy.name() + " into " + to + ": "
                        + Texts.size(copy.archive().length()) + "."),
                BackupTexts.document(copy).append("store", to));
    }
}
