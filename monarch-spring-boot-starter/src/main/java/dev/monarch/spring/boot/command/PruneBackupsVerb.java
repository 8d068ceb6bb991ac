package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.backup.retention.PruneReport;
import dev.monarch.backup.retention.PruneRequest;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.RetentionPlan;
import dev.monarch.backup.retention.RetentionService;

/** Removes the backups that the retention of their environment does not keep. */
final class PruneBackupsVerb implements EnvironmentVerb {

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "prune-backups",
                List.of(),
                "Removes the backups of an environment that its retention does not keep.",
                List.of(
                        VerbOptions.environment(0),
                        VerbOptions.store(),
                        VerbOptions.flag(
                                VerbOptions.DRY_RUN, "Shows what would be removed and why, and removes nothing."),
                        VerbOptions.flag(VerbOptions.YES, "Says yes without a question.")),
                List.of(
                        new Example("prune-backups production --dry-run", "Each backup, whether it stays, and why."),
                        new Example("prune-backups production --yes", "Without a question.")));
    }

    @Override
    public int environmentAt() {
        return 0;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        RetentionService service = Beans.retention(beans);
        PruneRequest request = request(beans).from(arguments.option(VerbOptions.STORE));
        RetentionPlan plan = service.plan(request);
        List<String> text = new ArrayList<>(RetentionTexts.decisions(plan, console));
        if (arguments.has(VerbOptions.DRY_RUN)) {
            text.add(RetentionTexts.wouldRemove(plan));
            return Report.done(text, RetentionTexts.document(plan));
        }
        if (plan.removals().isEmpty()) {
            text.add("There is nothing to remove.");
            return Report.done(text, RetentionTexts.document(new PruneReport(plan, List.of(), List.of())));
        }
        text.stream().map(Printable::line).forEach(console.err()::println);
        console.err().flush();
        PlainYes.require(
                arguments,
                console,
                "Remove " + RetentionTexts.what(plan.removals()) + ", of '" + plan.environment() + "'?");
        PruneReport report = service.prune(request.confirmed(plan));
        return new Report(
                report.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED,
                RetentionTexts.removed(report),
                RetentionTexts.document(report));
    }

    private static PruneRequest request(ListableBeanFactory beans) {
        String environment = Beans.environments(beans).own().name();
        Retention retention = Beans.retentions(beans)
                .of(environment)
                .orElseThrow(() -> new CommandException(
                        ExitCode.WRONG_USE,
                        "Nothing says which backups of '" + environment + "' are kept: set monarch.backups.retention."
                                + environment + " or monarch.backups.retention.default, for example daily: 7."));
        return PruneRequest.of(environment, retention);
    }
}
