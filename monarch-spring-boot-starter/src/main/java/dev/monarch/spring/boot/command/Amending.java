package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.migration.Amendment;
import dev.monarch.migration.AmendmentPlan.PlannedAmendment;
import dev.monarch.migration.Migrator;

/** Changes the history by hand: shows the change, has it confirmed, makes it. */
final class Amending {

    private final Arguments arguments;

    private final CommandConsole console;

    private final Migrator migrator;

    Amending(Arguments arguments, CommandConsole console, Migrator migrator) {
        this.arguments = arguments;
        this.console = console;
        this.migrator = migrator;
    }

    /** All of them are planned before the first is made, so that one that cannot be made spoils nothing. */
    Report run(List<Amendment> amendments) {
        List<PlannedAmendment> planned = amendments.stream()
                .flatMap(amendment -> migrator.planAmendment(amendment).changes().stream())
                .toList();
        if (planned.isEmpty() || arguments.has(VerbOptions.DRY_RUN)) {
            return report(planned, "would be changed. Nothing has been written.", "wouldChange");
        }
        List<String> plan = new ArrayList<>();
        plan.add("Environment '" + migrator.environment().name() + "': the history will say, and nothing will run:");
        planned.forEach(change -> plan.add("  - " + line(change)));
        Approval approval =
                new Confirmation(arguments, console).get(GuardedOperation.AMEND_HISTORY, migrator.environment(), plan);
        List<PlannedAmendment> done = amendments.stream()
                .flatMap(amendment -> migrator.amend(amendment, approval).changes().stream())
                .toList();
        return report(done, "changed.", "changed");
    }

    private Report report(List<PlannedAmendment> changes, String outcome, String key) {
        String environment = migrator.environment().name();
        List<String> text = new ArrayList<>(changes.stream().map(Amending::line).toList());
        text.add("Environment '" + environment + "': "
                + (changes.isEmpty()
                        ? "there is nothing to change."
                        : (changes.size() == 1 ? "1 entry " : changes.size() + " entries ") + outcome));
        return Report.done(
                text,
                new Document("environment", environment)
                        .append(
                                key,
                                changes.stream()
                                        .map(change -> new Document("id", change.id())
                                                .append("from", change.from().name())
                                                .append("to", change.to().name()))
                                        .toList()));
    }

    private static String line(PlannedAmendment change) {
        return change.id() + ": " + change.from() + " -> " + change.to();
    }
}
