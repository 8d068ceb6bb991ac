package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.migration.HistoryImport;
import dev.monarch.migration.HistoryImport.ImportPlan;
import dev.monarch.migration.HistoryImport.ImportedEntry;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.advice.ExitCode;

/** Records what another migration tool has applied. */
@Command(
        name = "import-history",
        description = "Record what another migration tool has applied, so that it does not run again.",
        footer = {
            "  monarch import-history staging --from mongock --dry-run",
            "      Show what would be recorded.",
            "  monarch import-history staging --from mongock --mapping ids.txt",
            "      Record it; ids.txt has lines such as 'old-id: 001-new-id'.",
            "  monarch import-history staging --collection done --id-field name --applied-if '{state: \"OK\"}'",
            "      Read the history of any tool."
        })
final class ImportHistoryVerb extends MigrationVerb {

    @Mixin
    private OptionalEnvironment environment;

    @Mixin
    private OtherHistoryOptions history;

    @Option(names = "--dry-run", description = "Show what would be recorded without recording it.")
    private boolean dryRun;

    @Mixin
    private Confirmation confirmation;

    ImportHistoryVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    @Override
    Report run() {
        HistoryImport request = history.request();
        endInterruptedSwap(dryRun);
        ImportPlan plan = migrator().planImport(request);
        if (!plan.conflicts().isEmpty()) {
            return report(plan, ExitCode.WRONG_USE, null);
        }
        if (dryRun || plan.changes().isEmpty()) {
            return report(plan, ExitCode.DONE, dryRun ? "wouldImport" : "imported");
        }
        // Asks for confirmation only after everything else is known to be possible.
        migrator().requirePrivileges();
        List<String> shown = new ArrayList<>();
        shown.add("Environment '" + environment() + "': no migration will run. " + count(plan)
                + " will be recorded from " + plan.source() + ":");
        plan.entries().forEach(entry -> shown.add("  - " + line(entry)));
        Approval approval =
                confirmation.get(GuardedOperation.AMEND_HISTORY, migrator().environment(), shown);
        return report(migrator().importHistory(request, approval), ExitCode.DONE, "imported");
    }

    /** Describes a plan; a null key means that it has conflicts. */
    private static Report report(ImportPlan plan, ExitCode exit, @Nullable String key) {
        List<String> text = new ArrayList<>();
        plan.entries().forEach(entry -> text.add(line(entry)));
        plan.conflicts().forEach(conflict -> text.add("Conflict: " + conflict));
        text.add("Environment '" + plan.environment() + "': " + result(plan, key));
        Document json = new Document("environment", plan.environment())
                .append("source", plan.source())
                .append("entries", Report.each(plan.entries(), ImportHistoryVerb::document))
                .append("conflicts", plan.conflicts());
        if (key != null) {
            json.append(key, plan.changes().size());
        }
        return new Report(exit, text, json);
    }

    private static String result(ImportPlan plan, @Nullable String key) {
        if (key == null) {
            return Texts.count(plan.conflicts().size(), "conflict") + " with " + plan.source()
                    + ". Nothing has been written.";
        }
        if (plan.changes().isEmpty()) {
            return "there is nothing to import from " + plan.source() + ".";
        }
        return key.equals("imported")
                ? count(plan) + " imported from " + plan.source() + "."
                : count(plan) + " would be imported from " + plan.source() + ". Nothing has been written.";
    }

    private static String count(ImportPlan plan) {
        int changes = plan.changes().size();
        return changes == 1 ? "1 entry" : changes + " entries";
    }

    private static String line(ImportedEntry entry) {
        String id = entry.id();
        String otherId = entry.otherId();
        String name = id == null ? String.valueOf(otherId) : id;
        String from = id == null || otherId == null || otherId.equals(id) ? "" : " (" + otherId + ")";
        return name + from + ": " + outcome(entry) + (entry.detail().isEmpty() ? "" : "; " + entry.detail());
    }

    private static String outcome(ImportedEntry entry) {
        return switch (entry.outcome()) {
            case APPLIED, FAILED -> String.valueOf(entry.state());
            case PENDING -> "not applied, runs with the next migrate";
            case RECORDED -> "recorded already";
            case IGNORED -> "ignored";
            case UNKNOWN -> "not a migration of this application";
            case NEW -> "not in the other history, runs with the next migrate";
        };
    }

    private static Document document(ImportedEntry entry) {
        return new Document("otherId", entry.otherId())
                .append("id", entry.id())
                .append("outcome", entry.outcome().name())
                .append("state", entry.state() != null ? entry.state().name() : null)
                .append("at", entry.at() != null ? entry.at().toString() : null)
                .append("detail", entry.detail());
    }
}
