package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.backup.BackupSource;
import dev.monarch.backup.RestorePlan;
import dev.monarch.backup.RestoreReport;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.staging.OnDuplicate;
import dev.monarch.staging.Verification;

/** Restores a backup into an environment. */
final class RestoreVerb implements Verb.InContext {

    private static final String ACCEPT_LOST_WRITES = "--accept-lost-writes";

    private static final String REPLACE_TIME_SERIES = "--replace-time-series";

    private static final String IN_PLACE = "--in-place";

    private static final String KEEP_HISTORY = "--keep-history";

    private static final String ON_DUPLICATE = "--on-duplicate";

    private static final String VERIFY_AFTER = "--verify-after";

    private static final String PARTIAL_INTO = "--partial-into";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.word(0, "BACKUP:ENV", "A name in the store, or the path of an archive, and where to.")));
        arguments.addAll(Selecting.options());
        arguments.addAll(List.of(
                VerbOptions.store(),
                VerbOptions.flag(VerbOptions.DRY_RUN, "Shows what would be replaced, and does nothing."),
                VerbOptions.flag(KEEP_HISTORY, "Keeps the migration history that is there."),
                VerbOptions.flag(ACCEPT_LOST_WRITES, "Goes on although others write to what is replaced."),
                VerbOptions.flag(REPLACE_TIME_SERIES, "Drops a time series that is there, which is not atomic."),
                VerbOptions.flag(IN_PLACE, "Unsafe: loads where the data is; for who lacks the space."),
                VerbOptions.value(
                        ON_DUPLICATE, Choice.label(OnDuplicate.class), "What a unique index refuses: fail (default)."),
                VerbOptions.value(
                        VERIFY_AFTER,
                        Choice.label(Verification.class),
                        "full: reads everything back; count (default)."),
                VerbOptions.value(PARTIAL_INTO, "ENV", "Confirms that a part of a database goes into this one.")));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "restore",
                List.of(),
                "Restores a backup: loads it beside the data, verifies it, and then swaps it in.",
                arguments,
                List.of(
                        new Example("restore production__2026_11_20T103005Z:staging", "Everything, from the store."),
                        new Example("restore dump/kennel.archive.gz:staging", "An archive of mongodump's."),
                        new Example("restore nightly__2026_11_20T103005Z:staging --only dogs", "One collection.")));
    }

    @Override
    public @Nullable String environment(Arguments arguments, Predicate<String> known) {
        return BackupAndEnvironment.of(arguments.requiredWord(0)).environment();
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        RestoreService restores = Beans.restores(beans);
        MonarchEnvironment environment = Beans.environments(beans).own();
        RestoreRequest request = request(arguments, environment.name());
        // What the guard wants is asked for once everything else is known to be possible.
        RestorePlan plan = restores.plan(request.approved(Approval.naming(environment.name())));
        List<String> lines = describe(plan);
        if (arguments.has(VerbOptions.DRY_RUN)) {
            return Report.done(lines, document(plan));
        }
        if (!plan.isPossible()) {
            throw new CommandException(ExitCode.REFUSED, String.join(" ", plan.refusals()) + " Nothing has happened.");
        }
        Approval approval = new Confirmation(arguments, console).get(GuardedOperation.RESTORE, environment, lines);
        try (TransferLines progress = new TransferLines(console)) {
            return report(restores.restore(request.approved(approval).telling(progress)));
        }
    }

    private static RestoreRequest request(Arguments arguments, String environment) {
        BackupAndEnvironment word = BackupAndEnvironment.of(arguments.requiredWord(0));
        RestoreRequest request = RestoreRequest.of(
                        BackupSource.of(word.backup(), arguments.option(VerbOptions.STORE)), environment)
                .selecting(Selecting.of(arguments))
                .onDuplicate(Choice.of(arguments, ON_DUPLICATE, OnDuplicate.class, OnDuplicate.FAIL))
                .verified(Choice.of(arguments, VERIFY_AFTER, Verification.class, Verification.COUNT))
                .partialInto(arguments.option(PARTIAL_INTO));
        request = arguments.has(ACCEPT_LOST_WRITES) ? request.acceptingLostWrites() : request;
        request = arguments.has(REPLACE_TIME_SERIES) ? request.replacingTimeSeries() : request;
        request = arguments.has(KEEP_HISTORY) ? request.keepingHistory() : request;
        return arguments.has(IN_PLACE) ? request.inPlace() : request;
    }

    private static List<String> describe(RestorePlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Restore " + plan.backup() + " into '" + plan.environment() + "':");
        add("replaced", plan.replaced(), lines);
        add("created", plan.created(), lines);
        add("removed", plan.removed(), lines);
        add("left as they are", plan.kept(), lines);
        plan.warnings().forEach(warning -> lines.add("  Note: " + warning));
        plan.refusals().forEach(refusal -> lines.add("  Not possible: " + refusal));
        return lines;
    }

    private static void add(String what, List<String> names, List<String> lines) {
        if (!names.isEmpty()) {
            lines.add("  " + what + ": " + String.join(", ", names));
        }
    }

    private static Document document(RestorePlan plan) {
        return new Document("backup", plan.backup())
                .append("environment", plan.environment())
                .append("replaced", plan.replaced())
                .append("created", plan.created())
                .append("removed", plan.removed())
                .append("kept", plan.kept())
                .append("refusals", plan.refusals())
                .append("warnings", plan.warnings());
    }

    private static Report report(RestoreReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Restored " + report.backup() + " into '" + report.environment() + "': "
                + Texts.count(report.loaded().collections(), "collection") + ", "
                + Texts.count(report.loaded().documents(), "document") + ", "
                + Texts.size(report.loaded().bytes()) + ", in " + Texts.duration(report.elapsed()) + ".");
        report.loaded()
                .leftOut()
                .forEach(document -> lines.add("  Left out of '" + document.collection() + "': the document with _id "
                        + document.id() + ": " + document.message()));
        return Report.done(
                lines,
                new Document("backup", report.backup())
                        .append("environment", report.environment())
                        .append("collections", report.loaded().collections())
                        .append("documents", report.loaded().documents())
                        .append("bytes", report.loaded().bytes())
                        .append(
                                "leftOut",
                                report.loaded().leftOut().stream()
                                        .map(document -> new Document("collection", document.collection())
                                                .append("id", document.id())
                                                .append("message", document.message()))
                                        .toList())
                        .append("tookMillis", report.elapsed().toMillis()));
    }
}
