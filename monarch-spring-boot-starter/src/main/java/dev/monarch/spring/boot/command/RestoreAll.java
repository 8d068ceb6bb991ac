package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;

import dev.monarch.backup.RestoreReport;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.backup.RestoreService.DatabaseRestores;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.Guard.GuardedOperation.Requirement;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.spring.boot.advice.Advice;
import dev.monarch.spring.boot.advice.ExitCode;

/**
 * Restores every database of an archive: shows all plans, then asks for confirmation for each environment.
 *
 * @param restores executes the restores
 * @param environments the known environments
 * @param options the options of the verb
 * @param console asks for confirmation
 */
record RestoreAll(
        RestoreService restores, EnvironmentRegistry environments, ReplacementOptions options, CommandConsole console) {

    /** The plan for one database. */
    private record Planned(RestoreRequest request, ReplacementPlan plan) {}

    Report run(RestoreRequest request) {
        DatabaseRestores all = restores.eachDatabase(request);
        // Asks for confirmation only after everything else is known to be possible.
        List<Planned> planned = all.requests().stream()
                .map(each -> new Planned(each, restores.plan(each, Approval.naming(each.environment()))))
                .toList();
        List<String> refusals = new ArrayList<>(Advice.lines(all.refusals(), request.environment()));
        planned.forEach(each -> refusals.addAll(ReplacementTexts.refusals(each.plan())));
        List<String> lines = lines(all, planned);
        if (options.isDryRun()) {
            return new Report(
                    refusals.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED, lines, document(all, planned, refusals));
        }
        ReplacementTexts.requirePossible(refusals);
        Approval approval =
                options.confirmation().each(planned.stream().map(this::need).toList(), lines);
        try (TransferLines progress = new TransferLines(console)) {
            return report(all, restores.restoreAll(all.each(each -> each.reportingTo(progress)), approval));
        }
    }

    private Confirmation.Need need(Planned planned) {
        MonarchEnvironment environment = environments.get(planned.request().environment());
        return planned.plan().needsName()
                ? new Confirmation.Need(environment, Requirement.NAME, ReplacementTexts.losesMost(environment))
                : new Confirmation.Need(
                        environment,
                        GuardedOperation.RESTORE.requirementOn(environment.exposure()),
                        "'" + environment.name() + "' is protected");
    }

    private static List<String> lines(DatabaseRestores all, List<Planned> planned) {
        List<String> lines = new ArrayList<>();
        planned.forEach(each -> lines.addAll(
                ReplacementTexts.planned("Restore database '" + each.request().database() + "' of", each.plan())));
        all.omissions().forEach(omission -> lines.add("Note: " + omission));
        Advice.lines(all.refusals(), "").forEach(refusal -> lines.add("Not possible: " + refusal));
        return lines;
    }

    private static Document document(DatabaseRestores all, List<Planned> planned, List<String> refusals) {
        return new Document("backup", all.archive())
                .append(
                        "databases",
                        Report.each(
                                planned,
                                each -> ReplacementTexts.document("backup", each.plan())
                                        .append("database", each.request().database())))
                .append("omissions", ReplacementTexts.omissions(all.omissions()))
                .append("refusals", refusals);
    }

    private static Report report(DatabaseRestores all, List<RestoreReport> reports) {
        List<String> lines = new ArrayList<>();
        List<Document> documents = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            RestoreReport report = reports.get(i);
            lines.addAll(RestoreVerb.lines(report));
            documents.add(RestoreVerb.document(report)
                    .append("database", all.requests().get(i).database()));
            Remarks.ofRestore(report).texts().forEach(text -> remarks.add("'" + report.environment() + "': " + text));
        }
        all.omissions().forEach(omission -> lines.add("  " + omission));
        return new Remarks(remarks)
                .report(
                        lines,
                        new Document("backup", all.archive())
                                .append("databases", documents)
                                .append("omissions", ReplacementTexts.omissions(all.omissions())));
    }
}
