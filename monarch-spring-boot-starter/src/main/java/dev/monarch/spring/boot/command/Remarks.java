package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;

import dev.monarch.backup.Manifest;
import dev.monarch.backup.RestoreReport;
import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.ReplacementPlan.ReplacementReport;
import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/**
 * Remarks about an operation that has succeeded. They change the exit code.
 *
 * @param texts a sentence for each remark
 */
record Remarks(List<String> texts) {

    Remarks {
        texts = List.copyOf(texts);
    }

    static Remarks ofBackup(Manifest manifest, MonarchEnvironment source) {
        List<String> texts = new ArrayList<>();
        Manifest.Reading reading = manifest.reading();
        addReading(reading.requested(), reading.achieved(), reading.warnings(), source, texts);
        return new Remarks(texts);
    }

    static Remarks ofCopy(CopyReport report, Consistency asked, MonarchEnvironment source) {
        List<String> texts = new ArrayList<>();
        ReadReport reading = report.reading();
        addReading(asked, reading.consistency(), reading.warnings(), source, texts);
        addReplacement(report.replacement(), texts);
        return new Remarks(texts);
    }

    static Remarks ofRestore(RestoreReport report) {
        List<String> texts = new ArrayList<>();
        addReplacement(report.replacement(), texts);
        return new Remarks(texts);
    }

    /** If the server does not support snapshots, the best consistency possible is not a remark. */
    private static void addReading(
            Consistency asked,
            ReadReport.AchievedConsistency achieved,
            List<String> warnings,
            MonarchEnvironment source,
            List<String> texts) {
        if (achieved == ReadReport.AchievedConsistency.SNAPSHOT || asked == Consistency.NONE) {
            return;
        }
        if (Deployment.of(source.ownClient()).snapshots()) {
            texts.add("The collections were not read at one point in time, although the server supports it.");
        } else if (!warnings.isEmpty()) {
            texts.add("The source changed while it was read.");
        }
    }

    private static void addReplacement(ReplacementReport report, List<String> texts) {
        LoadReport loaded = report.loaded();
        long interruptedMigrations = report.interruptedMigrations();
        int leftOut = loaded.leftOut().size();
        if (leftOut > 0) {
            texts.add(Texts.count(leftOut, "document") + (leftOut == 1 ? " is" : " are")
                    + " left out because of a unique index.");
        }
        int lost = loaded.lostIndexes().size();
        if (lost > 0) {
            texts.add((lost == 1 ? "1 index is" : lost + " indexes are")
                    + " left out, because current servers cannot build that kind of index.");
        }
        if (loaded.validated()) {
            texts.add("The user lacks the privilege bypassDocumentValidation, so validators checked each document"
                    + " (the role dbAdmin grants it).");
        }
        if (interruptedMigrations > 0) {
            texts.add(Texts.count(interruptedMigrations, "migration")
                    + " had not ended in the source. The history now says INTERRUPTED, or ROLLING_BACK if"
                    + (interruptedMigrations == 1 ? " it was" : " they were") + " being rolled back.");
        }
    }

    /** Returns a report of a successful operation, with these remarks at the end. */
    Report report(List<String> lines, Document document) {
        List<String> all = new ArrayList<>(lines);
        texts.forEach(text -> all.add("Remark: " + text));
        return new Report(texts.isEmpty() ? ExitCode.DONE : ExitCode.REMARKS, all, document.append("remarks", texts));
    }
}
