package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.MigrationStatus;
import dev.monarch.queryset.QuerySets;
import dev.monarch.rehearsal.RehearsalRequest;
import dev.monarch.rehearsal.RehearsalService;
import dev.monarch.rehearsal.RehearsalService.RehearsalReport;
import dev.monarch.replacement.ReplacementPlan.ReplacementReport;
import dev.monarch.spring.boot.advice.ExitCode;

/**
 * Runs pending migrations on a scratch copy.
 *
 * <p>The application starts on the scratch database, so that injected beans of migrations use the copy.
 */
@Command(
        name = "rehearse",
        description = "Copy an environment into a scratch database, run pending migrations there, and drop the copy.",
        footer = {
            "  monarch rehearse production", "      With all data, on a server on this machine.",
            "  monarch rehearse production --into scratch -q SomeDogs",
                    "      With a part of the data, in the environment scratch."
        })
final class RehearseVerb extends VerbInContext implements EnvironmentChoice {

    /** The name of the default environment for the scratch database. */
    private static final String SCRATCH = "rehearsal";

    @Parameters(
            paramLabel = "ENV",
            description = "The environment to rehearse. Monarch only reads it.",
            completionCandidates = Completion.Environments.class)
    private String source;

    @Option(
            names = "--into",
            paramLabel = "ENV",
            description = "An environment with an empty database for the copy, which is dropped afterwards."
                    + " Default: a database on monarch.rehearsal.server.",
            completionCandidates = Completion.Environments.class)
    private @Nullable String into;

    @Mixin
    private QuerySetOptions querySet;

    @Mixin
    private SourceOptions pace;

    @Mixin
    private AllowEmptyOption allowEmpty;

    private final EnvironmentRegistry environments;

    private final QuerySets querySets;

    private final RehearsalService rehearsals;

    RehearseVerb(EnvironmentRegistry environments, QuerySets querySets, RehearsalService rehearsals) {
        this.environments = environments;
        this.querySets = querySets;
        this.rehearsals = rehearsals;
    }

    @Override
    public String environment(Predicate<String> known) {
        return into != null ? into : SCRATCH;
    }

    @Override
    public List<String> others() {
        return List.of(source);
    }

    @Override
    Map<String, Object> properties() {
        String prefix = "monarch.environments." + SCRATCH + ".";
        return into != null
                ? Map.of()
                : Map.of(
                        prefix + "uri",
                        "${monarch.rehearsal.server:mongodb://localhost:27017}",
                        prefix + "database",
                        "monarch_rehearsal_" + databasePart(source));
    }

    private static String databasePart(String environment) {
        String part = environment.replaceAll("[^A-Za-z0-9_]", "_");
        return part.substring(0, Math.min(part.length(), 40));
    }

    @Override
    Report run() {
        String scratch = environments.own().name();
        environments.get(source);
        try (TransferLines progress = new TransferLines(console())) {
            RehearsalRequest request = RehearsalRequest.of(source, scratch)
                    .withQuerySet(querySet.get(querySets, source))
                    .paced(pace.get())
                    .reportingTo(progress);
            request = into != null ? request.onSourceCluster() : request;
            request = allowEmpty.isGiven() ? request.allowingEmpty() : request;
            RehearsalReport report = rehearsals.rehearse(request);
            return new Report(report.ok() ? ExitCode.DONE : ExitCode.FAILED, text(report), document(report));
        }
    }

    private static List<String> text(RehearsalReport report) {
        List<String> text = new ArrayList<>();
        text.add("Copied '" + report.source() + "': "
                + ReplacementTexts.loaded(report.copied().replacement()));
        text.addAll(Limits.lines(report.copied().replacement().limitedBy()));
        if (report.migrations().isEmpty()) {
            text.add("Nothing is pending.");
        }
        report.migrations().forEach(migration -> text.add("  " + line(migration)));
        report.changes().forEach(change -> text.add("  Changed: " + change));
        text.add(
                report.ok()
                        ? "Succeeded in " + Texts.duration(report.elapsed()) + ". The copy is dropped."
                        : "Failed, and the copy is dropped: " + report.problem());
        return text;
    }

    private static String line(MigrationStatus migration) {
        return migration.id() + "  " + migration.state().name().toLowerCase(Locale.ROOT)
                + (migration.elapsed() == null ? "" : ", in " + Texts.duration(migration.elapsed()))
                + (migration.error() == null ? "" : ": " + migration.error());
    }

    private static Document document(RehearsalReport report) {
        ReplacementReport copied = report.copied().replacement();
        return new Document("source", report.source())
                .append("documents", copied.loaded().documents())
                .append("copyTookMillis", copied.elapsed().toMillis())
                .append("limitedBy", Limits.documents(copied.limitedBy()))
                .append("migrations", Report.each(report.migrations(), RehearseVerb::document))
                .append("changes", report.changes())
                .append("problem", report.problem())
                .append("tookMillis", report.elapsed().toMillis());
    }

    private static Document document(MigrationStatus migration) {
        return new Document("id", migration.id())
                .append("state", migration.state().name())
                .append(
                        "tookMillis",
                        migration.elapsed() == null ? null : migration.elapsed().toMillis())
                .append("error", migration.error());
    }
}
