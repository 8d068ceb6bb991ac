package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.RetentionPlan;
import dev.monarch.backup.retention.RetentionPlan.PruneReport;
import dev.monarch.backup.retention.RetentionPlan.PruneRequest;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.spring.boot.autoconfigure.ConfiguredRetentions;

/** Removes the backups that the environment's retention does not keep. */
@Command(
        name = "prune-backups",
        description = "Remove the backups that an environment's retention does not keep.",
        footer = {
            "  monarch prune-backups production --dry-run", "      Show for each backup whether it is kept, and why.",
            "  monarch prune-backups production --yes", "      Without asking."
        })
final class PruneBackupsVerb extends VerbInContext {

    @Mixin
    private OptionalEnvironment environment;

    @Mixin
    private StoreOption store;

    @Option(names = "--dry-run", description = "Show what would be removed and why, without removing it.")
    private boolean dryRun;

    @Mixin
    private YesOption yes;

    private final EnvironmentRegistry environments;

    private final RetentionService service;

    private final ConfiguredRetentions retentions;

    PruneBackupsVerb(EnvironmentRegistry environments, RetentionService service, ConfiguredRetentions retentions) {
        this.environments = environments;
        this.service = service;
        this.retentions = retentions;
    }

    @Override
    Report run() {
        PruneRequest request = request().from(store.name());
        RetentionPlan plan = service.plan(request);
        List<String> text = new ArrayList<>(RetentionTexts.decisions(plan, console()));
        if (dryRun) {
            text.add(RetentionTexts.wouldRemove(plan));
            return Report.done(text, RetentionTexts.document(plan));
        }
        if (plan.removals().isEmpty()) {
            text.add("There is nothing to remove.");
            return Report.done(text, RetentionTexts.document(new PruneReport(plan, List.of(), List.of())));
        }
        console().show(text);
        yes.require("Remove " + RetentionTexts.what(plan.removals()) + ", of '" + plan.environment() + "'?");
        PruneReport report = service.prune(request.limitedTo(plan));
        return new Report(
                report.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED,
                RetentionTexts.removed(report),
                RetentionTexts.document(report));
    }

    private PruneRequest request() {
        String name = environments.own().name();
        Retention retention = retentions
                .of(name)
                .orElseThrow(() -> new CommandException(
                        ExitCode.WRONG_USE,
                        "There is no retention for '" + name + "'. Set monarch.backups.retention." + name
                                + " or monarch.backups.retention.default, for example daily: 7."));
        return PruneRequest.of(name, retention);
    }
}
