package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.function.BiFunction;

import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementRequest;
import dev.monarch.spring.boot.advice.ExitCode;

/**
 * Replaces a database: shows the plan, asks for confirmation, and executes it.
 *
 * @param action the first word of its description
 * @param origin the name of the origin in the JSON output
 * @param operation the operation that the guard confirms
 * @param target the environment to replace
 * @param plan creates the plan
 * @param execution executes the request
 */
record ReplacementRun<R extends ReplacementRequest<R>>(
        String action,
        String origin,
        GuardedOperation operation,
        MonarchEnvironment target,
        BiFunction<R, Approval, ReplacementPlan> plan,
        BiFunction<R, Approval, Report> execution) {

    Report run(R request, ReplacementOptions options, CommandConsole console) {
        // Asks for confirmation only after everything else is known to be possible.
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
            return execution.apply(request.reportingTo(progress), approval);
        }
    }
}
