package dev.monarch.spring.boot.command;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.migration.Amendment;
import dev.monarch.migration.Migrator;

/** Resolves a migration that failed or did not end. */
@Command(
        name = "resolve",
        description = "Resolve a migration that failed or did not end, after you have checked the data.",
        footer = {
            "  monarch resolve 2-houses staging --as applied", "      The migration is complete.",
            "  monarch resolve 2-houses staging --as pending", "      The next migrate runs it again."
        })
final class ResolveVerb extends MigrationVerb {

    ResolveVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    /** The states, as typed. */
    enum State {
        applied,
        pending
    }

    @Parameters(paramLabel = "ID", description = "The migration.")
    private String id;

    @Mixin
    private OptionalEnvironment environment;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "STATE",
            description = "applied: it is done. pending: it left nothing behind and must run again.")
    private State as = State.pending;

    @Option(names = "--dry-run", description = "Show the changes without making them.")
    private boolean dryRun;

    @Mixin
    private HistoryAmendment change;

    @Override
    Report run() {
        String reason = change.reason("resolve");
        Amendment amendment =
                as == State.applied ? Amendment.resolveApplied(id, reason) : Amendment.resolvePending(id, reason);
        endInterruptedSwap(dryRun);
        return change.run(List.of(amendment), migrator(), dryRun);
    }
}
