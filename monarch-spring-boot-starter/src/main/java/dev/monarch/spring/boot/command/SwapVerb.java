package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.replacement.SwapService;
import dev.monarch.replacement.SwapService.ForeignJournalEntry;
import dev.monarch.replacement.SwapService.SwapStatus;
import dev.monarch.replacement.SwapService.SwapStatus.State;
import dev.monarch.spring.boot.advice.ExitCode;

/** Inspects, continues or abandons an interrupted swap. */
@Command(
        name = "swap",
        description = "Inspect, continue or abandon a restore or copy that was interrupted during its swap.",
        footer = {
            "  monarch swap staging --status", "      Show which steps are done, pending or blocked.",
            "  monarch swap staging --retry", "      Continue it, as the next start would.",
            "  monarch swap staging --abandon", "      Leave the database in its current state."
        })
final class SwapVerb extends VerbInContext {

    @Mixin
    private OptionalEnvironment environment;

    @ArgGroup(multiplicity = "1")
    private Action action;

    @Option(
            names = "--accept-lost-writes",
            description = "With --retry: also replace collections that others have created since.")
    private boolean acceptLostWrites;

    @Mixin
    private Confirmation confirmation;

    private final SwapService swaps;

    private final EnvironmentRegistry environments;

    SwapVerb(SwapService swaps, EnvironmentRegistry environments) {
        this.swaps = swaps;
        this.environments = environments;
    }

    /** Which action to take. */
    static final class Action {

        @Option(names = "--status", required = true, description = "Show the state of each step.")
        private boolean status;

        @Option(names = "--retry", required = true, description = "Continue it now.")
        private boolean retry;

        @Option(
                names = "--abandon",
                required = true,
                description = "Abandon it: replaced collections stay replaced, the others stay unchanged.")
        private boolean abandon;
    }

    @Override
    Report run() {
        if (acceptLostWrites && !action.retry) {
            throw new CommandException(ExitCode.WRONG_USE, "--accept-lost-writes needs --retry.");
        }
        String name = environments.own().name();
        Optional<SwapStatus> found = swaps.status(name);
        List<ForeignJournalEntry> foreign = swaps.foreign(name);
        if (action.abandon && (found.isPresent() || !foreign.isEmpty())) {
            return abandon(name, found, foreign);
        }
        if (found.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add("Environment '" + name + "': no swap is interrupted.");
            lines.addAll(InterruptedSwap.describe(name, foreign));
            return Report.done(lines, document(name, null, foreign));
        }
        List<String> described = describe(found.get(), foreign);
        return action.status
                ? Report.done(described, document(name, found.get(), foreign))
                : retry(name, found.get(), described);
    }

    private Report retry(String name, SwapStatus status, List<String> described) {
        // If no step is blocked, nothing is lost, and there is nothing to confirm.
        if (acceptLostWrites && InterruptedSwap.isBlocked(status)) {
            swaps.retryAcceptingLostWrites(
                    name, confirmation.get(GuardedOperation.RESTORE, environments.own(), described));
        } else {
            swaps.retry(name, Approval.none());
        }
        return retried(name, status);
    }

    private Report abandon(String name, Optional<SwapStatus> found, List<ForeignJournalEntry> foreign) {
        List<String> plan = new ArrayList<>();
        found.ifPresent(status -> {
            plan.addAll(describe(status, List.of()));
            plan.add("The swap will be abandoned. Loaded data that it has not used yet is removed.");
        });
        foreign.forEach(entry -> plan.add("The entry '" + entry.id() + "', which belongs to another journal ("
                + entry.reason() + "), will be removed."));
        Approval approval = confirmation.get(GuardedOperation.ABANDON_SWAP, environments.own(), plan);
        Optional<SwapStatus> given = swaps.abandon(name, approval);
        List<String> lines = new ArrayList<>();
        given.ifPresent(status -> lines.addAll(abandoned(name, status)));
        if (found.isPresent() && given.isEmpty()) {
            lines.add("The swap has ended in the meantime.");
        }
        foreign.forEach(entry -> lines.add("Environment '" + name + "': the entry '" + entry.id()
                + "', which belonged to another journal, is removed."));
        return Report.done(lines, document(name, given.or(() -> found).orElse(null), foreign));
    }

    private List<String> describe(SwapStatus status, List<ForeignJournalEntry> foreign) {
        String name = environments.own().name();
        List<String> lines = new ArrayList<>();
        if (!status.steps().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("COLLECTION", "STEP", "STATE"));
            status.steps()
                    .forEach(step -> rows.add(List.of(step.collection(), word(step.action()), word(step.state()))));
            lines.addAll(console().table(rows));
            lines.add("");
        }
        lines.add("Environment '" + name + "': " + InterruptedSwap.describe(name, status));
        if (InterruptedSwap.isBlocked(status)) {
            lines.add("Rename or drop the collections that block these steps and use --retry, or replace"
                    + " them with --retry --accept-lost-writes, or use --abandon.");
        }
        lines.addAll(InterruptedSwap.describe(name, foreign));
        return lines;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<String> names(SwapStatus status, State... states) {
        List<State> wanted = List.of(states);
        return status.steps().stream()
                .filter(step -> wanted.contains(step.state()))
                .map(SwapStatus.Step::collection)
                .distinct()
                .toList();
    }

    private Report retried(String name, SwapStatus before) {
        Optional<SwapStatus> left = swaps.status(name);
        List<ForeignJournalEntry> foreign = swaps.foreign(name);
        if (left.isPresent()) {
            return new Report(
                    ExitCode.FAILED,
                    List.of("Environment '" + name + "': " + InterruptedSwap.describe(name, left.get())),
                    document(name, left.get(), foreign));
        }
        return new Report(
                ExitCode.DONE,
                List.of("Environment '" + name + "': "
                        + (before.steps().isEmpty()
                                ? "the loaded data is removed. Nothing has been replaced."
                                : "the swap is complete: all "
                                        + before.progress().total() + " steps are done.")),
                document(name, null, foreign));
    }

    private static List<String> abandoned(String name, SwapStatus given) {
        List<String> lines = new ArrayList<>();
        lines.add("Environment '" + name + "': the swap is abandoned; "
                + given.progress().done() + " of " + given.progress().total() + " steps were done.");
        add("replaced or removed", names(given, State.DONE), lines);
        add("unchanged", names(given, State.PENDING, State.BLOCKED), lines);
        return lines;
    }

    private static void add(String what, List<String> names, List<String> lines) {
        if (!names.isEmpty()) {
            lines.add("  " + what + ": " + String.join(", ", names));
        }
    }

    private static Document document(String name, @Nullable SwapStatus status, List<ForeignJournalEntry> foreign) {
        return new Document("environment", name)
                .append("swap", status == null ? null : InterruptedSwap.document(status))
                .append("foreignJournal", InterruptedSwap.documents(foreign));
    }
}
