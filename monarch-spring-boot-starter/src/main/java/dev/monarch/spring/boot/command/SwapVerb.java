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
import dev.monarch.environment.GuardedOperation;
import dev.monarch.replacement.SwapService;
import dev.monarch.replacement.SwapService.ForeignJournalEntry;
import dev.monarch.replacement.SwapService.SwapStatus;
import dev.monarch.replacement.SwapService.SwapStatus.State;
import dev.monarch.spring.boot.advice.ExitCode;

/** Looks at a replacement that was interrupted, continues it, or gives it up. */
@Command(
        name = "swap",
        description = "Look at a restore or copy that was interrupted while it replaced, and end it.",
        footer = {
            "  monarch swap staging --status", "      What is replaced, what is not, and what is blocked.",
            "  monarch swap staging --retry", "      Do what the next start would do.",
            "  monarch swap staging --abandon", "      Leave the database as it is now."
        })
final class SwapVerb extends VerbInContext {

    @Mixin
    private OptionalEnvironment environment;

    @ArgGroup(multiplicity = "1")
    private Action action;

    @Option(
            names = "--accept-lost-writes",
            description = "With --retry: replace what others have created meanwhile, too.")
    private boolean acceptLostWrites;

    @Mixin
    private Confirmation confirmation;

    private final SwapService swaps;

    private final EnvironmentRegistry environments;

    SwapVerb(SwapService swaps, EnvironmentRegistry environments) {
        this.swaps = swaps;
        this.environments = environments;
    }

    /** One of these says what is done. */
    static final class Action {

        @Option(names = "--status", required = true, description = "Show what is done and what is not, step by step.")
        private boolean status;

        @Option(names = "--retry", required = true, description = "Continue it now.")
        private boolean retry;

        @Option(
                names = "--abandon",
                required = true,
                description = "Give it up: what is replaced stays replaced, the rest stays as it is.")
        private boolean abandon;
    }

    @Override
    Report run() {
        if (acceptLostWrites && !action.retry) {
            throw new CommandException(ExitCode.WRONG_USE, "--accept-lost-writes goes with --retry only.");
        }
        String name = environments.own().name();
        Optional<SwapStatus> found = swaps.status(name);
        List<ForeignJournalEntry> foreign = swaps.foreign(name);
        if (action.abandon && (found.isPresent() || !foreign.isEmpty())) {
            return abandon(name, found, foreign);
        }
        if (found.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add("Environment '" + name + "': no replacement is interrupted.");
            lines.addAll(InterruptedSwap.describe(name, foreign));
            return Report.done(lines, document(name, null, foreign));
        }
        List<String> described = describe(found.get(), foreign);
        return action.status
                ? Report.done(described, document(name, found.get(), foreign))
                : retry(name, found.get(), described);
    }

    private Report retry(String name, SwapStatus status, List<String> described) {
        if (acceptLostWrites) {
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
            plan.add("It will be given up, and what was loaded and is not used yet is removed.");
        });
        foreign.forEach(entry -> plan.add("The entry '" + entry.id() + "', which is not the journal's own ("
                + entry.reason() + "), will be removed."));
        Approval approval = confirmation.get(GuardedOperation.ABANDON_SWAP, environments.own(), plan);
        Optional<SwapStatus> given = swaps.abandon(name, approval);
        List<String> lines = new ArrayList<>();
        given.ifPresent(status -> lines.addAll(abandoned(name, status)));
        if (found.isPresent() && given.isEmpty()) {
            lines.add("It has ended meanwhile.");
        }
        foreign.forEach(entry -> lines.add("Environment '" + name + "': the entry '" + entry.id()
                + "', which was not the journal's own, is removed."));
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
            lines.add(
                    "Rename or drop what stands under the names of the steps that are blocked and use --retry, or replace"
                            + " it with --retry --accept-lost-writes, or use --abandon.");
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
                                ? "what was loaded is removed; nothing has been replaced."
                                : "the swap has ended, all " + before.progress().total() + " steps are done.")),
                document(name, null, foreign));
    }

    private static List<String> abandoned(String name, SwapStatus given) {
        List<String> lines = new ArrayList<>();
        lines.add("Environment '" + name + "': the replacement is given up, "
                + given.progress().done() + " of " + given.progress().total() + " steps were done.");
        add("replaced or removed", names(given, State.DONE), lines);
        add("as before", names(given, State.PENDING, State.BLOCKED), lines);
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
