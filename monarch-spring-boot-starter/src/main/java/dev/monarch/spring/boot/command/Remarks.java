package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;

import dev.monarch.backup.Manifest;
import dev.monarch.backup.RestoreReport;
import dev.monarch.copy.CopyReport;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadReport;
import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.ReadReport;

/**
 * What is remarkable about something that is done, so that its exit code is another than that of a plain success.
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
        addReading(reading.asked(), reading.had(), reading.warnings(), source, texts);
        return new Remarks(texts);
    }

    static Remarks ofCopy(CopyReport report, Consistency asked, MonarchEnvironment source) {
        List<String> texts = new ArrayList<>();
        ReadReport reading = report.reading();
        addReading(asked, reading.consistency(), reading.warnings(), source, texts);
        addLoad(report.loaded(), report.interruptedMigrations(), texts);
        return new Remarks(texts);
    }

    static Remarks ofRestore(RestoreReport report) {
        List<String> texts = new ArrayList<>();
        addLoad(report.loaded(), report.interruptedMigrations(), texts);
        return new Remarks(texts);
    }

    /** A server that cannot do better gives what was asked for: as much as it can. */
    private static void addReading(
            Consistency asked,
            ReadReport.AchievedConsistency had,
            List<String> warnings,
            MonarchEnvironment source,
            List<String> texts) {
        if (had == ReadReport.AchievedConsistency.SNAPSHOT || asked == Consistency.NONE) {
            return;
        }
        if (Deployment.of(source.ownClient()).snapshots()) {
            texts.add("Not everything was read at one time, although the server can.");
        } else if (!warnings.isEmpty()) {
            texts.add("The source changed while it was read.");
        }
    }

    private static void addLoad(LoadReport loaded, long interruptedMigrations, List<String> texts) {
        int leftOut = loaded.leftOut().size();
        if (leftOut > 0) {
            texts.add(Texts.count(leftOut, "document") + (leftOut == 1 ? " is" : " are")
                    + " left out because of a unique index.");
        }
        int lost = loaded.lostIndexes().size();
        if (lost > 0) {
            texts.add((lost == 1 ? "1 index is" : lost + " indexes are")
                    + " left out, because servers no longer build that kind of index.");
        }
        if (loaded.validated()) {
            texts.add("This user may not write past validators, so that each document was checked by them"
                    + " (grant bypassDocumentValidation, of the role dbAdmin).");
        }
        if (interruptedMigrations > 0) {
            texts.add(Texts.count(interruptedMigrations, "migration")
                    + " had not ended in the source: INTERRUPTED in the history now, or ROLLING_BACK if"
                    + (interruptedMigrations == 1 ? " it was" : " they were") + " being rolled back.");
        }
    }

    /** Makes a report of something that is done, with these remarks behind everything else. */
    Report report(List<String> lines, Document document) {
        List<String> all = new ArrayList<>(lines);
        texts.forEach(text -> all.add("Remark: " + text));
        return new Report(texts.isEmpty() ? ExitCode.DONE : ExitCode.REMARKS, all, document.append("remarks", texts));
    }
}
