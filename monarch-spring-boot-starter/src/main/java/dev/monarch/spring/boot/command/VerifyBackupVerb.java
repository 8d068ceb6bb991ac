package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.backup.BackupSource;
import dev.monarch.backup.VerificationReport;

/** Reads a backup whole and says what is wrong with it. */
final class VerifyBackupVerb implements Verb.InContext {

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "verify-backup",
                List.of(),
                "Reads a backup whole: checksums, counts, structure; exit code 1 if it is damaged.",
                List.of(
                        VerbOptions.word(0, "BACKUP", "The name of the backup, or the path of an archive."),
                        VerbOptions.store()),
                List.of(
                        new Example("verify-backup production__2026_11_20T103005Z", "One in the store."),
                        new Example("verify-backup dump/kennel.archive.gz", "One of mongodump's.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        VerificationReport report;
        try (TransferLines lines = new TransferLines(console)) {
            report = Beans.backups(beans)
                    .verify(BackupSource.of(arguments.requiredWord(0), arguments.option(VerbOptions.STORE)), lines);
        }
        List<String> text = new ArrayList<>();
        text.add(
                report.ok()
                        ? "'" + report.backup() + "' is good: " + Texts.count(report.documents(), "document") + " in "
                                + Texts.count(report.collections(), "collection") + " read in "
                                + Texts.duration(report.elapsed()) + "."
                        : "'" + report.backup() + "' is damaged:");
        report.findings().forEach(finding -> text.add("  - " + finding));
        report.omissions().forEach(omission -> text.add("  Note for a restore: " + omission));
        Document json = new Document("backup", report.backup())
                .append("good", report.ok())
                .append("collections", report.collections())
                .append("documents", report.documents())
                .append("bytes", report.bytes())
                .append(
                        "findings",
                        report.findings().stream()
                                .map(finding -> new Document("collection", finding.collection())
                                        .append("problem", finding.problem()))
                                .toList())
                .append("omissions", ReplacementTexts.omissions(report.omissions()));
        return new Report(report.ok() ? ExitCode.DONE : ExitCode.FAILED, text, json);
    }
}
