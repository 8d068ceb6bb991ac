package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.bson.Document;

import dev.monarch.migration.MigrationPlan;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationReport;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.advice.Advice;

/**
 * Runs migrations, or shows which ones would run.
 *
 * @param console the output for warnings
 * @param migrator runs them
 * @param warnings shown before anything else
 */
record MigrationExecution(CommandConsole console, Migrator migrator, List<String> warnings) {

    Report run(MigrationTarget target, boolean dryRun) {
        if (dryRun) {
            return plan(migrator.plan(target));
        }
        console.warn(warnings);
        MigrationReport report = migrator.migrate(target);
        String environment = "Environment '" + report.environment() + "': ";
        return Report.done(
                List.of(
                        report.applied().isEmpty()
                                ? environment + "nothing is pending."
                                : environment + Texts.count(report.applied().size(), "migration") + " applied in "
                                        + Texts.duration(report.elapsed()) + "."),
                new Document("environment", report.environment())
                        .append(
                                "applied",
                                Report.each(
                                        report.applied(),
                                        applied -> new Document("id", applied.id())
                                                .append("attempt", applied.attempt())
                                                .append(
                                                        "tookMillis",
                                                        applied.elapsed().toMillis())))
                        .append("tookMillis", report.elapsed().toMillis()));
    }

    private Report plan(MigrationPlan plan) {
        List<String> text = new ArrayList<>();
        List<String> all = new ArrayList<>(warnings);
        all.addAll(Advice.lines(plan.warnings(), plan.environment()));
        console.warn(all);
        plan.pending().forEach(planned -> text.add("Would run " + planned.id() + " (" + why(planned) + ")"));
        text.add("Environment '" + plan.environment() + "': "
                + (plan.isUpToDate()
                        ? "nothing is pending."
                        : Texts.count(plan.pending().size(), "migration") + " would run. Nothing has been written."));
        return Report.done(
                text,
                new Document("environment", plan.environment())
                        .append(
                                "wouldRun",
                                Report.each(
                                        plan.pending(),
                                        planned -> new Document("id", planned.id())
                                                .append(
                                                        "reason",
                                                        planned.reason().name())
                                                .append("attempts", planned.attempts())
                                                .append("lastError", planned.lastError())
                                                .append("obstacle", planned.obstacle())))
                        .append("warnings", all));
    }

    private static String why(PlannedMigration planned) {
        String why = planned.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (planned.obstacle() != null) {
            return why + "; cannot: " + planned.obstacle();
        }
        return planned.lastError() != null ? why + ": " + planned.lastError() : why;
    }
}
