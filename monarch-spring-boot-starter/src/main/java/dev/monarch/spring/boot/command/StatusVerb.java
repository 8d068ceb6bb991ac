package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.migration.MigrationStatus;
import dev.monarch.migration.Migrator;
import dev.monarch.replacement.SwapService.ForeignJournalEntry;
import dev.monarch.replacement.SwapService.SwapStatus;

/** Tells how every migration stands. */
final class StatusVerb implements EnvironmentVerb {

    private static final String CHECK = "--check";

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "status",
                List.of("list-migrations", "list_migrations"),
                "Shows how every migration stands: state, when, how long, attempts, error.",
                List.of(
                        VerbOptions.environment(0),
                        VerbOptions.flag(CHECK, "Ends with code 4 if anything is pending.")),
                List.of(
                        new Example("status", "How the application's own database stands."),
                        new Example("status production", "How production stands."),
                        new Example("status production --check --output json", "For a deployment script.")));
    }

    @Override
    public int environmentAt() {
        return 0;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        Migrator migrator = Beans.migrator(beans);
        String environment = migrator.environment().name();
        List<MigrationStatus> migrations = migrator.status();
        Optional<LockHolder> holder = migrator.lockHolder();
        long pending = migrations.stream().filter(MigrationStatus::isPending).count();
        List<String> text = new ArrayList<>();
        if (migrations.isEmpty()) {
            text.add("Environment '" + environment + "': no migrations exist.");
        } else {
            text.addAll(StatusTable.of(migrations, console));
            text.add("");
            text.add("Environment '" + environment + "': "
                    + (pending == 0 ? "nothing is pending." : pending + " of " + migrations.size() + " pending."));
        }
        holder.ifPresent(held -> text.add("The lock is held by " + held + "."));
        Optional<SwapStatus> swap = Beans.swaps(beans).status(environment);
        swap.ifPresent(found -> text.add(InterruptedSwap.describe(environment, found)));
        List<ForeignJournalEntry> foreign = Beans.swaps(beans).foreign(environment);
        text.addAll(InterruptedSwap.describe(environment, foreign));
        return new Report(
                pending > 0 && arguments.has(CHECK) ? ExitCode.PENDING : ExitCode.DONE,
                text,
                new Document("environment", environment)
                        .append("pending", pending)
                        .append(
                                "lock",
                                holder.map(held -> new Document("host", held.host())
                                                .append("purpose", held.purpose())
                                                .append("since", held.since().toString()))
                                        .orElse(null))
                        .append("swap", swap.map(InterruptedSwap::document).orElse(null))
                        .append("foreignJournal", InterruptedSwap.documents(foreign))
                        .append(
                                "migrations",
                                migrations.stream().map(StatusTable::document).toList()));
    }
}
