package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.migration.MigrationStatus;
import dev.monarch.rehearsal.RehearsalReport;
import dev.monarch.rehearsal.RehearsalRequest;

/**
 * Runs what is pending on a scratch copy.
 *
 * <p>The application is started on the scratch database: whatever migrations have injected is that of the copy.
 */
final class RehearseVerb implements Verb.InContext {

    private static final String INTO = "--into";

    /** The environment that stands for the scratch database if nobody names another. */
    private static final String SCRATCH = "rehearsal";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.word(0, "ENV", "The environment whose pending migrations are rehearsed; it is only read."),
                VerbOptions.value(
                        INTO,
                        "ENV",
                        "An environment with an empty database, which is filled and dropped; monarch.rehearsal.server"
                                + " says where otherwise.")));
        arguments.addAll(Choosing.options());
        arguments.add(VerbOptions.allowEmpty());
        return new VerbDescription(
                "rehearse",
                List.of(),
                "Copies an environment to a scratch database, runs what is pending there, and drops it.",
                arguments,
                List.of(
                        new Example("rehearse production", "With all data, on a server of this machine."),
                        new Example("rehearse production --into scratch -q SomeDogs", "With a part of it, there.")));
    }

    @Override
    public @Nullable String environment(Arguments arguments, Predicate<String> known) {
        String into = arguments.option(INTO);
        return into != null ? into : SCRATCH;
    }

    @Override
    public Map<String, Object> settings(Arguments arguments) {
        String prefix = "monarch.environments." + SCRATCH + ".";
        return arguments.has(INTO)
                ? Map.of()
                : Map.of(
                        prefix + "uri",
                        "${monarch.rehearsal.server:mongodb://localhost:27017}",
                        prefix + "database",
                        "monarch_rehearsal_" + databasePart(arguments.requiredWord(0)));
    }

    private static String databasePart(String environment) {
        String part = environment.replaceAll("[^A-Za-z0-9_]", "_");
        return part.substring(0, Math.min(part.length(), 40));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        String source = arguments.requiredWord(0);
        String scratch = Beans.environments(beans).own().name();
        Beans.environments(beans).get(source);
        try (TransferLines progress = new TransferLines(console)) {
            RehearsalReport report = Beans.rehearsals(beans)
                    .rehearse(new RehearsalRequest(
                            source,
                            scratch,
                            arguments.has(INTO),
                            Choosing.of(arguments, console, Beans.querySets(beans), source),
                            arguments.has(VerbOptions.ALLOW_EMPTY),
                            progress));
            return new Report(report.ok() ? ExitCode.DONE : ExitCode.FAILED, text(report), document(report));
        }
    }

    private static List<String> text(RehearsalReport report) {
        List<String> text = new ArrayList<>();
        text.add("Copied '" + report.source() + "': "
                + ReplacementTexts.loaded(report.copied().loaded()) + ", in "
                + Texts.duration(report.copied().elapsed()) + ".");
        if (report.migrations().isEmpty()) {
            text.add("Nothing is pending.");
        }
        report.migrations().forEach(migration -> text.add("  " + line(migration)));
        report.changes().forEach(change -> text.add("  Changed: " + change));
        text.add(
                report.ok()
                        ? "All went well, in " + Texts.duration(report.elapsed()) + "; the copy is dropped."
                        : "It failed, and the copy is dropped: " + report.problem());
        return text;
    }

    private static String line(MigrationStatus migration) {
        return migration.id() + "  " + migration.state().name().toLowerCase(Locale.ROOT)
                + (migration.elapsed() == null ? "" : ", in " + Texts.duration(migration.elapsed()))
                + (migration.error() == null ? "" : ": " + migration.error());
    }

    private static Document document(RehearsalReport report) {
        return new Document("source", report.source())
                .append("documents", report.copied().loaded().documents())
                .append("copyTookMillis", report.copied().elapsed().toMillis())
                .append(
                        "migrations",
                        report.migrations().stream()
                                .map(migration -> new Document("id", migration.id())
                                        .append("state", migration.state().name())
                                        .append(
                                                "tookMillis",
                                                migration.elapsed() == null
                                                        ? null
                                                        : migration.elapsed().toMillis())
                                        .append("error", migration.error()))
                                .toList())
                .append("changes", report.changes())
                .append("problem", report.problem())
                .append("tookMillis", report.elapsed().toMillis());
    }
}
