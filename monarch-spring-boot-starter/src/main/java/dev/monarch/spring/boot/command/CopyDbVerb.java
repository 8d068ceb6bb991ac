package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.transfer.Pace;

/**
 * Copies one environment into another.
 *
 * <p>The application starts on the source, so that query sets with injected beans read the data that is copied.
 */
@Command(
        name = "copy-db",
        description = "Copy an environment into another: load next to the existing data, verify, then swap.",
        footer = {
            "  monarch copy-db production:development", "      The whole database, with its migration history.",
            "  monarch copy-db production:development -q AwesomeDogs -p breed=beagle",
                    "      Only what the query set selects.",
            "  monarch copy-db production:development --only 'dogs,dog_*'", "      Some collections."
        })
final class CopyDbVerb extends VerbInContext implements EnvironmentChoice {

    @Parameters(
            paramLabel = "FROM:TO",
            converter = SourceAndTarget.Converter.class,
            description = "Source and target. The target's data is replaced.",
            completionCandidates = Completion.PairsOfEnvironments.class)
    private SourceAndTarget what;

    @Mixin
    private QuerySetOptions querySet;

    @Mixin
    private CopyOptions options;

    @Mixin
    private ConsistencyOption consistency;

    @Mixin
    private ReplacementOptions replacement;

    private final CopyService copies;

    private final EnvironmentRegistry environments;

    private final QuerySets querySets;

    private final Pace defaultPace;

    CopyDbVerb(CopyService copies, EnvironmentRegistry environments, QuerySets querySets, Pace defaultPace) {
        this.copies = copies;
        this.environments = environments;
        this.querySets = querySets;
        this.defaultPace = defaultPace;
    }

    @Override
    public String environment(Predicate<String> known) {
        return what.from();
    }

    @Override
    public List<String> others() {
        return List.of(what.to());
    }

    @Override
    Report run() {
        MonarchEnvironment target = environments.get(what.to());
        MonarchEnvironment source = environments.own();
        CopyRequest request = options.applyTo(
                replacement.applyTo(CopyRequest.of(what.from(), what.to())).consistent(consistency.get()));
        QuerySetRequest asked = querySet.get(querySets, source.name());
        if (asked != null) {
            // The query set runs only here, so that it copies exactly what the user confirms.
            request = request.withChoice(
                    querySets.run(asked, source, options.pace().or(defaultPace).member()));
        }
        return new ReplacementRun<CopyRequest>(
                        "Copy", "source", GuardedOperation.COPY_INTO, target, copies::plan, (approved, approval) -> {
                            CopyReport report = copies.copy(approved, approval);
                            return report(report, Remarks.ofCopy(report, consistency.get(), source));
                        })
                .run(request, replacement, console());
    }

    private static Report report(CopyReport report, Remarks remarks) {
        List<String> lines = new ArrayList<>();
        lines.add("Copied '" + report.source() + "' into '" + report.target() + "': "
                + ReplacementTexts.loaded(report.replacement()));
        lines.add("Consistency: " + report.reading().consistency() + ".");
        report.reading().reasons().forEach(reason -> lines.add("  - " + reason));
        report.reading().warnings().forEach(warning -> lines.add("  - " + warning));
        lines.addAll(ReplacementTexts.lines(report.replacement()));
        Document document = new Document("source", report.source())
                .append("environment", report.target())
                .append("consistency", report.reading().consistency().toString())
                .append("reasons", report.reading().reasons())
                .append("warnings", report.reading().warnings());
        return remarks.report(lines, ReplacementTexts.append(report.replacement(), document));
    }
}
