package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.migration.Amendment;
import dev.monarch.migration.Amendment.PlannedAmendment;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.advice.ExitCode;

/** A manual change of the history: its options, its plan, its confirmation and its execution. */
final class HistoryAmendment {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason to record in the history.")
    private @Nullable String reason;

    @Mixin
    private Confirmation confirmation;

    boolean hasReason() {
        return reason != null;
    }

    /** Returns the reason given, or one that names the verb. */
    String reason(String verb) {
        if (reason != null && reason.isBlank()) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "The text of --reason is empty. Give a reason, or omit the option.");
        }
        return reason != null ? reason : "by hand: monarch " + verb;
    }

    /** Plans all changes before it makes the first one, so that an invalid one changes nothing. */
    Report run(List<Amendment> amendments, Migrator migrator, boolean dryRun) {
        List<PlannedAmendment> planned = amendments.stream()
                .flatMap(amendment -> migrator.planAmendment(amendment).changes().stream())
                .toList();
        if (planned.isEmpty() || dryRun) {
            return report(planned, "would be changed. Nothing has been written.", "wouldChange", migrator);
        }
        // Asks for confirmation only after everything else is known to be possible.
        migrator.requirePrivileges();
        List<String> plan = new ArrayList<>();
        plan.add(
                "Environment '" + migrator.environment().name() + "': no migration will run. The history will change:");
        planned.forEach(change -> plan.add("  - " + line(change)));
        Approval approval = confirmation.get(GuardedOperation.AMEND_HISTORY, migrator.environment(), plan);
        List<PlannedAmendment> done = amendments.stream()
                .flatMap(amendment -> migrator.amend(amendment, approval).changes().stream())
                .toList();
        return report(done, "changed.", "changed", migrator);
    }

    private static Report report(List<PlannedAmendment> changes, String outcome, String key, Migrator migrator) {
        String environment = migrator.environment().name();
        List<String> text =
                new ArrayList<>(changes.stream().map(HistoryAmendment::line).toList());
        text.add("Environment '" + environment + "': "
                + (changes.isEmpty()
                        ? "there is nothing to change."
                        : (changes.size() == 1 ? "1 entry " : changes.size() + " entries ") + outcome));
        return Report.done(
                text,
                new Document("environment", environment)
                        .append(
                                key,
                                Report.each(
                                        changes,
                                        change -> new Document("id", change.id())
                                                .append("from", change.from().name())
                                                .append("to", change.to().name()))));
    }

    private static String line(PlannedAmendment change) {
        return change.id() + ": " + change.from() + " -> " + change.to();
    }
}
