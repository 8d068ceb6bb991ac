package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;

import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.retention.RetentionPlan;
import dev.monarch.backup.retention.RetentionPlan.PruneReport;
import dev.monarch.backup.retention.RetentionPlan.RetentionDecision;

/** Describes the decisions of a retention. */
final class RetentionTexts {

    private RetentionTexts() {}

    /** Lists each decision with its reasons, and the backups without a decision. */
    static List<String> decisions(RetentionPlan plan, CommandConsole console) {
        List<String> lines = new ArrayList<>();
        if (plan.decisions().isEmpty()) {
            lines.add("There are no backups of '" + plan.environment() + "'.");
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("BACKUP", "TAKEN", "STORED", "DECISION", "REASONS"));
            plan.decisions().forEach(decision -> rows.add(row(decision)));
            lines.addAll(console.table(rows));
        }
        if (!plan.elsewhere().isEmpty()) {
            lines.add("Kept, because they are of another database that is also called '" + plan.environment() + "': "
                    + String.join(", ", names(plan.elsewhere()))
                    + ". If no application needs them, remove them with 'monarch delete-backup'. Give each application a"
                    + " separate folder or prefix.");
        }
        if (!plan.others().isEmpty()) {
            lines.add("Kept without a decision: " + String.join(", ", plan.others()) + ".");
        }
        return lines;
    }

    private static List<String> row(RetentionDecision decision) {
        BackupSummary backup = decision.backup();
        return List.of(
                backup.name() + (backup.partial() ? " (partial)" : ""),
                Texts.time(backup.created()),
                Texts.size(backup.storedBytes()),
                word(decision),
                String.join(", ", decision.reasons()));
    }

    private static String word(RetentionDecision decision) {
        return switch (decision.verdict()) {
            case KEEP -> "keep";
            case REMOVE -> "remove";
        };
    }

    static String wouldRemove(RetentionPlan plan) {
        return "Would remove " + what(plan.removals()) + ". Nothing has been removed.";
    }

    static List<String> removed(PruneReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Removed " + what(report.removed()) + ".");
        report.failures()
                .forEach(failure -> lines.add(
                        "Could not remove " + failure.backup() + ", which still exists: " + failure.message()));
        return lines;
    }

    static String what(List<BackupSummary> backups) {
        long bytes = backups.stream().mapToLong(BackupSummary::storedBytes).sum();
        return backups.isEmpty() ? "nothing" : Texts.count(backups.size(), "backup") + ", " + Texts.size(bytes);
    }

    static Document document(RetentionPlan plan) {
        return new Document("environment", plan.environment())
                .append("store", plan.store())
                .append("decisions", Report.each(plan.decisions(), RetentionTexts::document))
                .append("elsewhere", names(plan.elsewhere()))
                .append("others", plan.others());
    }

    private static List<String> names(List<BackupSummary> backups) {
        return backups.stream().map(BackupSummary::name).toList();
    }

    private static Document document(RetentionDecision decision) {
        return new Document("name", decision.backup().name())
                .append("created", decision.backup().created().toString())
                .append("storedBytes", decision.backup().storedBytes())
                .append("partial", decision.backup().partial())
                .append("decision", word(decision))
                .append("reasons", decision.reasons());
    }

    static Document document(PruneReport report) {
        return document(report.plan())
                .append("removed", names(report.removed()))
                .append(
                        "failures",
                        Report.each(
                                report.failures(),
                                failure ->
                                        new Document("name", failure.backup()).append("message", failure.message())));
    }
}
