package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.LockSettings;
import dev.monarch.staging.InterruptedSwaps;
import dev.monarch.staging.SwapStatus;
import dev.monarch.staging.SwapStatus.State;

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
        InterruptedSwaps swaps = Beans.swaps(beans);
        MonarchEnvironment environment = Beans.environments(beans).own();
        Optional<SwapStatus> found = swaps.status();
        if (found.isEmpty()) {
            return new Report(
                    ExitCode.DONE,
                    List.of("Environment '" + environment.name() + "': no replacement is interrupted."),
                    new Document("environment", environment.name()).append("swap", null));
        }
        SwapStatus status = found.get();
        if (action.equals(STATUS)) {
            return report(environment, describe(environment, status, console), status);
        }
        LockSettings lock = Beans.lock(beans);
        if (action.equals(RETRY)) {
            boolean accept = arguments.has(Replacing.ACCEPT_LOST_WRITES);
            if (accept) {
                confirm(arguments, console, beans, describe(environment, status, console));
            }
            swaps.retry(lock, accept);
            return retried(environment, status, swaps);
        }
        List<String> plan = new ArrayList<>(describe(environment, status, console));
        plan.add("It will be given up, and what was loaded and not used yet is removed.");
        confirm(arguments, console, beans, plan);
        return swaps.abandon(lock)
                .map(given -> report(environment, abandoned(environment, given), given))
                .orElseGet(() -> report(environment, List.of("It has ended meanwhile."), status));
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

    private static void confirm(
            Arguments arguments, CommandConsole console, ListableBeanFactory beans, List<String> plan) {
        MonarchEnvironment environment = Beans.environments(beans).own();
        Approval approval = new Confirmation(arguments, console).get(GuardedOperation.RESTORE, environment, plan);
        Beans.guard(beans).check(GuardedOperation.RESTORE, environment, approval);
    }

    private static List<String> describe(MonarchEnvironment environment, SwapStatus status, CommandConsole console) {
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

    private static Report retried(MonarchEnvironment environment, SwapStatus before, InterruptedSwaps swaps) {
        Optional<SwapStatus> left = swaps.status();
        String name = environment.name();
        if (left.isPresent()) {
            return new Report(
                    ExitCode.FAILED,
                    List.of("Environment '" + name + "': " + InterruptedSwap.describe(name, left.get())),
                    new Document("environment", name).append("swap", InterruptedSwap.document(left.get())));
        }
        return new Report(
                ExitCode.DONE,
                List.of("Environment '" + name + "': "
                        + (before.steps().isEmpty()
                                ? "what was loaded is removed; nothing has been replaced."
                                : "the swap has ended, all " + before.progress().total() + " steps are done.")),
                new Document("environment", name).append("swap", null));
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

    private static Report report(MonarchEnvironment environment, List<String> lines, SwapStatus status) {
        return Report.done(
                lines,
                new Document("environment", environment.name()).append("swap", InterruptedSwap.document(status)));
    }
}
