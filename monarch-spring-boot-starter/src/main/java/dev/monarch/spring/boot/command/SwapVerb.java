package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.SwapService;
import dev.monarch.replacement.SwapService.ForeignJournalEntry;
import dev.monarch.replacement.SwapService.SwapStatus;
import dev.monarch.replacement.SwapService.SwapStatus.State;

/** Looks at a replacement that was interrupted, goes on with it, or gives it up. */
final class SwapVerb implements EnvironmentVerb {

    private static final String STATUS = "--status";

    private static final String RETRY = "--retry";

    private static final String ABANDON = "--abandon";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.environment(0),
                VerbOptions.flag(STATUS, "Shows what stands and what does not, step by step."),
                VerbOptions.flag(RETRY, "Goes on with it now."),
                VerbOptions.flag(ABANDON, "Gives it up: what is replaced stays so, the rest stays what it is."),
                VerbOptions.flag(
                        Replacing.ACCEPT_LOST_WRITES,
                        "With --retry: replaces what others have created meanwhile, too.")));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "swap",
                List.of(),
                "Looks at a restore or copy that was interrupted while it replaced, and ends it.",
                arguments,
                List.of(
                        new Example("swap staging --status", "What is replaced, what is not, and what is blocked."),
                        new Example("swap staging --retry", "Does what the next start would do."),
                        new Example("swap staging --abandon", "Leaves the database as it stands now.")));
    }

    @Override
    public int environmentAt() {
        return 0;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        String action = action(arguments);
        SwapService swaps = Beans.swaps(beans);
        MonarchEnvironment environment = Beans.environments(beans).own();
        Optional<SwapStatus> found = swaps.status(environment.name());
        List<ForeignJournalEntry> foreign = swaps.foreign(environment.name());
        if (action.equals(ABANDON) && (found.isPresent() || !foreign.isEmpty())) {
            return abandon(swaps, environment, found, foreign, arguments, console);
        }
        if (found.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add("Environment '" + environment.name() + "': no replacement is interrupted.");
            lines.addAll(InterruptedSwap.describe(environment.name(), foreign));
            return Report.done(lines, document(environment, null, foreign));
        }
        List<String> described = describe(environment, found.get(), foreign, console);
        return action.equals(STATUS)
                ? Report.done(described, document(environment, found.get(), foreign))
                : retry(swaps, environment, found.get(), described, arguments, console);
    }

    private static Report retry(
            SwapService swaps,
            MonarchEnvironment environment,
            SwapStatus status,
            List<String> described,
            Arguments arguments,
            CommandConsole console) {
        if (arguments.has(Replacing.ACCEPT_LOST_WRITES)) {
            Approval approval =
                    new Confirmation(arguments, console).get(GuardedOperation.RESTORE, environment, described);
            swaps.retryAcceptingLostWrites(environment.name(), approval);
        } else {
            swaps.retry(environment.name(), Approval.none());
        }
        return retried(environment, status, swaps);
    }

    private static Report abandon(
            SwapService swaps,
            MonarchEnvironment environment,
            Optional<SwapStatus> found,
            List<ForeignJournalEntry> foreign,
            Arguments arguments,
            CommandConsole console) {
        List<String> plan = new ArrayList<>();
        found.ifPresent(status -> {
            plan.addAll(describe(environment, status, List.of(), console));
            plan.add("It will be given up, and what was loaded and not used yet is removed.");
        });
        foreign.forEach(entry -> plan.add("The entry '" + entry.id() + "', which is not the journal's own ("
                + entry.reason() + "), will be removed."));
        Approval approval = new Confirmation(arguments, console).get(GuardedOperation.ABANDON_SWAP, environment, plan);
        Optional<SwapStatus> given = swaps.abandon(environment.name(), approval);
        List<String> lines = new ArrayList<>();
        given.ifPresent(status -> lines.addAll(abandoned(environment, status)));
        if (found.isPresent() && given.isEmpty()) {
            lines.add("It has ended meanwhile.");
        }
        foreign.forEach(entry -> lines.add("Environment '" + environment.name() + "': the entry '" + entry.id()
                + "', which was not the journal's own, is removed."));
        return Report.done(lines, document(environment, given.or(() -> found).orElse(null), foreign));
    }

    private static String action(Arguments arguments) {
        List<String> given =
                Stream.of(STATUS, RETRY, ABANDON).filter(arguments::has).toList();
        if (given.size() != 1) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    given.isEmpty()
                            ? "Say what is to be done: --status, --retry or --abandon."
                            : String.join(" and ", given) + " exclude each other.");
        }
        if (arguments.has(Replacing.ACCEPT_LOST_WRITES) && !arguments.has(RETRY)) {
            throw new CommandException(
                    ExitCode.WRONG_USE, Replacing.ACCEPT_LOST_WRITES + " goes with " + RETRY + " only.");
        }
        return given.get(0);
    }

    private static List<String> describe(
            MonarchEnvironment environment,
            SwapStatus status,
            List<ForeignJournalEntry> foreign,
            CommandConsole console) {
        List<String> lines = new ArrayList<>();
        if (!status.steps().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("COLLECTION", "STEP", "STATE"));
            status.steps()
                    .forEach(step -> rows.add(List.of(step.collection(), word(step.action()), word(step.state()))));
            lines.addAll(Texts.table(rows));
            lines.set(0, console.styled("bold", lines.get(0)));
            lines.add("");
        }
        lines.add("Environment '" + environment.name() + "': " + InterruptedSwap.describe(environment.name(), status));
        if (InterruptedSwap.isBlocked(status)) {
            lines.add(
                    "Rename or drop what stands under the names of the steps that are blocked and use --retry, or replace"
                            + " it with --retry --accept-lost-writes, or use --abandon.");
        }
        lines.addAll(InterruptedSwap.describe(environment.name(), foreign));
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

    private static Report retried(MonarchEnvironment environment, SwapStatus before, SwapService swaps) {
        String name = environment.name();
        Optional<SwapStatus> left = swaps.status(name);
        List<ForeignJournalEntry> foreign = swaps.foreign(name);
        if (left.isPresent()) {
            return new Report(
                    ExitCode.FAILED,
                    List.of("Environment '" + name + "': " + InterruptedSwap.describe(name, left.get())),
                    document(environment, left.get(), foreign));
        }
        return new Report(
                ExitCode.DONE,
                List.of("Environment '" + name + "': "
                        + (before.steps().isEmpty()
                                ? "what was loaded is removed; nothing has been replaced."
                                : "the swap has ended, all " + before.progress().total() + " steps are done.")),
                document(environment, null, foreign));
    }

    private static List<String> abandoned(MonarchEnvironment environment, SwapStatus given) {
        List<String> lines = new ArrayList<>();
        lines.add("Environment '" + environment.name() + "': the replacement is given up, "
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

    private static Document document(
            MonarchEnvironment environment, @Nullable SwapStatus status, List<ForeignJournalEntry> foreign) {
        return new Document("environment", environment.name())
                .append("swap", status == null ? null : InterruptedSwap.document(status))
                .append("foreignJournal", InterruptedSwap.documents(foreign));
    }
}
