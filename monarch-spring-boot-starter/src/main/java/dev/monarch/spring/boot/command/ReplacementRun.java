package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.function.BiFunction;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementRequest;
import dev.monarch.spring.boot.advice.ExitCode;

/**
 * Replaces a database after it was said what that means, and confirmed.
 *
 * @param action what is done, as the first word of a sentence
 * @param origin what the data comes from, as a field of the output
 * @param operation what the guard is asked for
 * @param target whose database is replaced
 * @param plan looks what would happen
 * @param execution does it
 */
record ReplacementRun<R extends ReplacementRequest<R>>(
        String action,
        String origin,
        GuardedOperation operation,
        MonarchEnvironment target,
        BiFunction<R, Approval, ReplacementPlan> plan,
        BiFunction<R, Approval, Report> execution) {

    Report run(R request, Replacing options, CommandConsole console) {
        // What the guard wants is asked for once everything else is known to be possible.
        ReplacementPlan planned = plan.apply(request, Approval.naming(target.name()));
        List<String> lines = ReplacementTexts.planned(action, planned);
        if (options.isDryRun()) {
            return new Report(
                    planned.isPossible() ? ExitCode.DONE : ExitCode.REFUSED,
                    lines,
                    ReplacementTexts.document(origin, planned));
        }
        ReplacementTexts.requirePossible(ReplacementTexts.refusals(planned));
        Approval approval = planned.needsName()
                ? options.confirmation().byName(target, ReplacementTexts.losesMost(target), lines)
                : options.confirmation().get(operation, target, lines);
        try (TransferLines progress = new TransferLines(console)) {
            return execution.apply(request.telling(progress), approval);
        }
    }
}
