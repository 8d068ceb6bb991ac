package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.backfill.BackfillStatus;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.migration.MigrationStatus;
import dev.monarch.migration.Migrator;
import dev.monarch.replacement.SwapService;
import dev.monarch.replacement.SwapService.ForeignJournalEntry;
import dev.monarch.replacement.SwapService.SwapStatus;
import dev.monarch.spring.boot.advice.Advice;
import dev.monarch.spring.boot.advice.ExitCode;

/** Shows the state of every migration and backfill. */
@Command(
        name = "status",
        aliases = "list-migrations",
        description = "Show the state of migrations and backfills, with time, duration, attempts and error.",
        footer = {
            "  monarch status", "      The migrations of the application's own environment.",
            "  monarch status production -v", "      Those of production, with the stack traces of failed migrations.",
            "  monarch status 202601011200-dogs production",
                    "      One migration of production, with its stack trace if it failed.",
            "  monarch status production --check --output json", "      For a deployment script."
        })
final class StatusVerb extends MigrationVerb implements EnvironmentChoice {

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description =
                    "Migrations and backfills, then the environment. Default: all, in the application's own environment.",
            completionCandidates = Completion.Environments.class)
    private @Nullable List<String> words;

    @Option(names = "--check", description = "End with code 4 if anything is pending.")
    private boolean check;

    private final SwapService swaps;

    StatusVerb(Migrator migrator, ListableBeanFactory beans, SwapService swaps) {
        super(migrator, beans);
        this.swaps = swaps;
    }

    @Override
    public @Nullable String environment(Predicate<String> known) {
        if (words == null) {
            return null;
        }
        String last = words.get(words.size() - 1);
        return known.test(last) ? last : null;
    }

    @Override
    Report run() {
        String name = environment();
        List<String> ids = ids();
        List<MigrationStatus> all = migrator().status();
        List<BackfillStatus> everyBackfill = Beans.backfills(beans()).statuses();
        requireKnown(ids, all, everyBackfill);
        List<MigrationStatus> migrations = select(ids, all, MigrationStatus::id);
        List<BackfillStatus> backfills = select(ids, everyBackfill, BackfillStatus::id);
        Optional<LockHolder> holder = migrator().lockHolder();
        long pending = migrations.stream().filter(MigrationStatus::isPending).count();
        List<String> text = new ArrayList<>();
        if (migrations.isEmpty() && backfills.isEmpty()) {
            text.add("Environment '" + name + "': no migrations exist.");
        } else {
            text.addAll(new StatusTable(console(), isVerbose() || !ids.isEmpty()).of(migrations, backfills));
            text.add("");
            text.add("Environment '" + name + "': "
                    + (pending == 0 ? "nothing is pending." : pending + " of " + migrations.size() + " pending."));
        }
        List<String> others = Advice.lines(pending > 0 ? migrator().otherHistories() : List.of(), name);
        text.addAll(others);
        holder.ifPresent(held -> text.add("The lock is held by " + held + "."));
        Optional<SwapStatus> swap = swaps.status(name);
        swap.ifPresent(found -> text.add(InterruptedSwap.describe(name, found)));
        List<ForeignJournalEntry> foreign = swaps.foreign(name);
        text.addAll(InterruptedSwap.describe(name, foreign));
        return new Report(
                pending > 0 && check ? ExitCode.PENDING : ExitCode.DONE,
                text,
                new Document("environment", name)
                        .append("pending", pending)
                        .append("lock", holder.map(StatusVerb::document).orElse(null))
                        .append("swap", swap.map(InterruptedSwap::document).orElse(null))
                        .append("otherHistories", others)
                        .append("foreignJournal", InterruptedSwap.documents(foreign))
                        .append("migrations", Report.each(migrations, StatusTable::document))
                        .append("backfills", Report.each(backfills, BackfillTexts::document)));
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>(words == null ? List.of() : words);
        if (environment(environment()::equals) != null) {
            ids.remove(ids.size() - 1);
        }
        return ids;
    }

    private void requireKnown(List<String> ids, List<MigrationStatus> migrations, List<BackfillStatus> backfills) {
        Set<String> known = Stream.concat(
                        migrations.stream().map(MigrationStatus::id),
                        backfills.stream().map(BackfillStatus::id))
                .collect(Collectors.toSet());
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new CommandException(ExitCode.WRONG_USE, unknown(id));
            }
        }
    }

    private static <T> List<T> select(List<String> ids, List<T> all, Function<T, String> id) {
        return ids.isEmpty()
                ? all
                : all.stream().filter(each -> ids.contains(id.apply(each))).toList();
    }

    private String unknown(String word) {
        return "There is no migration '" + word + "' on environment '" + environment() + "', and no environment '"
                + word + "'. The environments are: "
                + String.join(", ", Beans.environments(beans()).names())
                + ". Run 'monarch status' to see the migrations.";
    }

    private static Document document(LockHolder holder) {
        return new Document("host", holder.host())
                .append("purpose", holder.purpose())
                .append("since", holder.since().toString());
    }
}
