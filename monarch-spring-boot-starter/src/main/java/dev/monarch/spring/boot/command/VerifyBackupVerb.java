package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.VerificationReport;
import dev.monarch.spring.boot.advice.ExitCode;

/** Reads a backup completely and reports damage. */
@Command(
        name = "verify-backup",
        description = "Read a backup completely and check checksums, counts and structure. Exit code 1: damaged.",
        footer = {
            "  monarch verify-backup production__2026_11_20T103005Z", "      A backup in the default store.",
            "  monarch verify-backup dump/kennel.archive.gz", "      An archive that mongodump wrote."
        })
final class VerifyBackupVerb extends BackupOrDumpVerb {

    @Mixin
    private PaceOptions pace;

    VerifyBackupVerb(BackupService backups) {
        super(backups);
    }

    @Override
    Report run() {
        VerificationReport report;
        try (TransferLines lines = new TransferLines(console())) {
            report = backups().verify(source(), pace.get(), lines);
        }
        List<String> text = new ArrayList<>();
        text.add(
                report.ok()
                        ? "'" + report.backup() + "' is intact: " + Texts.count(report.documents(), "document") + " in "
                                + Texts.count(report.collections(), "collection") + " read in "
                                + Texts.duration(report.elapsed()) + "."
                        : "'" + report.backup() + "' is damaged:");
        report.findings().forEach(finding -> text.add("  - " + finding));
        text.addAll(Limits.lines(report.limitedBy()));
        report.omissions().forEach(omission -> text.add("  Note for a restore: " + omission));
        Document json = new Document("backup", report.backup())
                .append("good", report.ok())
                .append("collections", report.collections())
                .append("documents", report.documents())
                .append("bytes", report.bytes())
                .append(
                        "findings",
                        Report.each(
                                report.findings(),
                                finding -> new Document("collection", finding.collection())
                                        .append("problem", finding.problem())))
                .append("limitedBy", Limits.documents(report.limitedBy()))
                .append("tookMillis", report.elapsed().toMillis())
                .append("omissions", ReplacementTexts.omissions(report.omissions()));
        return new Report(report.ok() ? ExitCode.DONE : ExitCode.FAILED, text, json);
    }
}
