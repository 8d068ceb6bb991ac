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
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.RollbackPlan;
import dev.monarch.migration.RollbackPlan.RollbackReport;
import dev.monarch.migration.RollbackPlan.RollbackTarget;

/** Rolls back applied migrations. */
@Command(
        name = "rollback",
        aliases = "down",
        description = "Roll back applied migrations with their 'down', last applied first.",
        footer = {
            "  monarch rollback --last",
            "      Roll back the last migration.",
            "  monarch rollback staging --steps 3 --dry-run",
            "      Show what would be rolled back.",
            "  monarch rollback production --to 202611201030-unique-email --confirm production",
            "      Roll back that one and all applied after it, without asking."
        })
final class RollbackVerb extends MigrationVerb {

    @Mixin
    private OptionalEnvironment environment;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(names = "--dry-run", description = "Show what would be rolled back without doing it.")
    private boolean dryRun;

    @Mixin
    private Confirmation confirmation;

    RollbackVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    /** Which migrations to roll back. */
    static final class Target {

        @Option(names = "--last", required = true, description = "Roll back the migration applied last.")
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
                description = "Roll back this migration, whatever was applied after it.")
        private @Nullable String one;

        @Option(
                names = "--to",
                required = true,
                paramLabel = "ID",
                description = "Roll back this migration and all applied after it.")
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
        // Asks for confirmation only after everything else is known to be possible.
        migrator().requirePrivileges();
        Approval approval =
                confirmation.get(GuardedOperation.ROLL_BACK, migrator().environment(), lines);
        return report(migrator().rollback(target.get(), approval));
    }

    private static List<String> describe(RollbackPlan plan) {
        if (plan.rollbacks().isEmpty()) {
            return List.of("Environment '" + plan.environment() + "': there is nothing to roll back.");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Environment '" + plan.environment()
                + "': these migrations will be rolled back, in this order. Their changes will be lost:");
        plan.rollbacks()
                .forEach(rollback -> lines.add("  - " + rollback.id()
                        + (rollback.down() ? " (its down runs)" : " (was ignored: only removed from the history)")
                        + (rollback.again() ? ", again: its last rollback did not end" : "")));
        lines.add("They will be pending afterwards.");
        return lines;
    }

    private static Report report(RollbackReport report) {
        return Report.done(
                List.of("Environment '" + report.environment() + "': "
                        + Texts.count(report.rolledBack().size(), "migration") + " rolled back in "
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
