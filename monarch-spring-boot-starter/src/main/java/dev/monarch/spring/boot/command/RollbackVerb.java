package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.RollbackPlan;
import dev.monarch.migration.RollbackReport;
import dev.monarch.migration.RollbackTarget;

/** Rolls applied migrations back. */
@Command(
        name = "rollback",
        aliases = "down",
        description = "Roll applied migrations back by their down, the one applied last first.",
        footer = {
            "  monarch rollback --last",
            "      Roll the last one back.",
            "  monarch rollback staging --steps 3 --dry-run",
            "      Show the last three.",
            "  monarch rollback production --to 202611201030-unique-email --confirm production",
            "      Roll back that one and what came after it, without a question."
        })
final class RollbackVerb extends MigrationVerb {

    @Mixin
    private OptionalEnvironment environment;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(names = "--dry-run", description = "Show what would be rolled back, and do nothing.")
    private boolean dryRun;

    @Mixin
    private Confirmation confirmation;

    RollbackVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    /** One of these says what is rolled back. */
    static final class Target {

        @Option(names = "--last", required = true, description = "Roll back the one applied last.")
        private boolean last;

        @Option(
                names = "--steps",
                required = true,
                paramLabel = "N",
                converter = PositiveNumber.class,
                description = "Roll back the last N.")
        private @Nullable Integer steps;

        @Option(
                names = "--one",
                required = true,
                paramLabel = "ID",
                description = "Roll back this one, whatever was applied after it.")
        private @Nullable String one;

        @Option(
                names = "--to",
                required = true,
                paramLabel = "ID",
                description = "Roll back everything applied since this one, and this one too.")
        private @Nullable String to;

        RollbackTarget get() {
            if (one != null) {
                return RollbackTarget.one(one);
            }
            return to != null ? RollbackTarget.downTo(to) : RollbackTarget.last(steps != null ? steps : 1);
        }
    }

    @Override
    Report run() {
        endInterruptedSwap(dryRun);
        RollbackPlan plan = migrator().planRollback(target.get());
        List<String> lines = describe(plan);
        if (dryRun || plan.rollbacks().isEmpty()) {
            return Report.done(
                    lines, new Document("environment", plan.environment()).append("wouldRollBack", plan.ids()));
        }
        Approval approval =
                confirmation.get(GuardedOperation.ROLL_BACK, migrator().environment(), lines);
        return report(migrator().rollback(target.get(), approval));
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
                                Report.each(
                                        report.rolledBack(),
                                        one -> new Document("id", one.id())
                                                .append("down", one.down())
                                                .append(
                                                        "tookMillis",
                                                        one.elapsed().toMillis())))
                        .append("tookMillis", report.elapsed().toMillis()));
    }
}
