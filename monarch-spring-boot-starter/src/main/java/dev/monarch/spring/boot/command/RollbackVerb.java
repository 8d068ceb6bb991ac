package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.RollbackPlan;
import dev.monarch.migration.RollbackReport;
import dev.monarch.migration.RollbackTarget;

/** Takes applied migrations back. */
final class RollbackVerb implements EnvironmentVerb {

    private static final String LAST = "--last";

    private static final String STEPS = "--steps";

    private static final String ONE = "--one";

    private static final String TO = "--to";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.environment(0),
                VerbOptions.flag(LAST, "Takes back the one applied last."),
                VerbOptions.number(STEPS, "Takes back the last N."),
                VerbOptions.value(ONE, "ID", "Takes back this one, whatever was applied after it."),
                VerbOptions.value(TO, "ID", "Takes back everything applied since this one, and this one too."),
                VerbOptions.flag(VerbOptions.DRY_RUN, "Shows what would be taken back, and does nothing.")));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "rollback",
                List.of("down"),
                "Takes applied migrations back by their down, the one applied last first.",
                arguments,
                List.of(
                        new Example("rollback --last", "Takes the last one back."),
                        new Example("rollback staging --steps 3 --dry-run", "Shows the last three."),
                        new Example(
                                "rollback production --to 202611201030-unique-email --confirm production",
                                "Takes back that one and what came after it, without a question.")));
    }

    @Override
    public int environmentAt() {
        return 0;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        RollbackTarget target = target(arguments);
        InterruptedSwap.endOrTell(arguments, console, beans);
        Migrator migrator = Beans.migrator(beans);
        RollbackPlan plan = migrator.planRollback(target);
        List<String> lines = describe(plan);
        if (arguments.has(VerbOptions.DRY_RUN) || plan.rollbacks().isEmpty()) {
            return Report.done(
                    lines, new Document("environment", plan.environment()).append("wouldRollBack", plan.ids()));
        }
        Approval approval =
                new Confirmation(arguments, console).get(GuardedOperation.ROLL_BACK, migrator.environment(), lines);
        return report(migrator.rollback(target, approval));
    }

    private static RollbackTarget target(Arguments arguments) {
        List<String> given =
                Stream.of(LAST, STEPS, ONE, TO).filter(arguments::has).toList();
        if (given.size() != 1) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    given.isEmpty()
                            ? "Say what is to be taken back: --last, --steps N, --one ID or --to ID."
                            : String.join(" and ", given) + " exclude each other.");
        }
        String one = arguments.option(ONE);
        String to = arguments.option(TO);
        int steps = arguments.number(STEPS, 1);
        if (steps < 1) {
            throw new CommandException(ExitCode.WRONG_USE, "--steps must be at least 1, and is " + steps + ".");
        }
        if (one != null) {
            return RollbackTarget.one(one);
        }
        return to != null ? RollbackTarget.downTo(to) : RollbackTarget.last(steps);
    }

    private static List<String> describe(RollbackPlan plan) {
        if (plan.rollbacks().isEmpty()) {
            return List.of("Environment '" + plan.environment() + "': nothing is applied that could be taken back.");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Environment '" + plan.environment() + "': what these have done will be lost, in this order:");
        plan.rollbacks()
                .forEach(rollback -> lines.add("  - " + rollback.id()
                        + (rollback.down() ? " (its down runs)" : " (was ignored: only struck out of the history)")
                        + (rollback.again() ? ", once more" : "")));
        lines.add("They will be pending then.");
        return lines;
    }

    private static Report report(RollbackReport report) {
        return Report.done(
                List.of("Environment '" + report.environment() + "': "
                        + Texts.count(report.rolledBack().size(), "migration") + " taken back in "
                        + Texts.duration(report.elapsed()) + "."),
                new Document("environment", report.environment())
                        .append(
                                "rolledBack",
                                report.rolledBack().stream()
                                        .map(one -> new Document("id", one.id())
                                                .append("down", one.down())
                                                .append(
                                                        "tookMillis",
                                                        one.elapsed().toMillis()))
                                        .toList())
                        .append("tookMillis", report.elapsed().toMillis()));
    }
}
