package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.backup.BackupSource;
import dev.monarch.backup.RestoreReport;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;

/** Restores a backup into an environment. */
final class RestoreVerb implements Verb.InContext {

    private static final String DATABASE = "--database";

    private static final String ALL = "--all";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.word(0, "BACKUP:ENV", "A name in the store, or the path of an archive, and where to.")));
        arguments.addAll(Selecting.options());
        arguments.add(VerbOptions.store());
        arguments.add(VerbOptions.value(DATABASE, "NAME", "Restore this database of an archive that holds several."));
        arguments.add(
                VerbOptions.flag(ALL, "Restore every database, each into its own environment on the server of ENV."));
        arguments.addAll(Replacing.options());
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "restore",
                List.of(),
                "Restores a backup: loads it beside the data, verifies it, and then swaps it in.",
                arguments,
                List.of(
                        new Example("restore production__2026_11_20T103005Z:staging", "Everything, from the store."),
                        new Example("restore dump/kennel.archive.gz:staging", "An archive of mongodump's."),
                        new Example(
                                "restore server.archive:staging --all", "Every database of an archive of a server."),
                        new Example("restore nightly__2026_11_20T103005Z:staging --only dogs", "One collection.")));
    }

    @Override
    public @Nullable String environment(Arguments arguments, Predicate<String> known) {
        return BackupAndEnvironment.of(arguments.requiredWord(0)).environment();
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        RestoreService restores = Beans.restores(beans);
        EnvironmentRegistry environments = Beans.environments(beans);
        MonarchEnvironment environment = environments.own();
        RestoreRequest request = request(arguments, environment.name());
        if (arguments.has(ALL)) {
            return new RestoreAll(restores, environments, arguments, console).run(request);
        }
        return new ReplacementRun<RestoreRequest>(
                        "Restore",
                        "backup",
                        GuardedOperation.RESTORE,
                        environment,
                        restores::plan,
                        approved -> report(restores.restore(approved)))
                .run(request, arguments, console);
    }

    private static RestoreRequest request(Arguments arguments, String environment) {
        if (arguments.has(ALL) && arguments.option(DATABASE) != null) {
            throw new CommandException(ExitCode.WRONG_USE, ALL + " and " + DATABASE + " exclude each other.");
        }
        BackupAndEnvironment word = BackupAndEnvironment.of(arguments.requiredWord(0));
        BackupSource backup = BackupSource.of(word.backup(), arguments.option(VerbOptions.STORE));
        return new Replacing(arguments)
                .applyTo(RestoreRequest.of(backup, environment).ofDatabase(arguments.option(DATABASE)));
    }

    private static Report report(RestoreReport report) {
        return Remarks.ofRestore(report).report(lines(report), document(report));
    }

    static List<String> lines(RestoreReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Restored " + report.backup() + " into '" + report.environment() + "': "
                + ReplacementTexts.loaded(report.loaded()) + ", in " + Texts.duration(report.elapsed()) + ".");
        lines.addAll(ReplacementTexts.leftOut(report.loaded()));
        lines.addAll(ReplacementTexts.expirations(report.expirations()));
        lines.addAll(ReplacementTexts.unsharded(report.unsharded()));
        return lines;
    }

    static Document document(RestoreReport report) {
        Document document = new Document("backup", report.backup()).append("environment", report.environment());
        return ReplacementTexts.append(report.loaded(), document)
                .append("unsharded", ShardCommands.documents(report.unsharded()))
                .append("tookMillis", report.elapsed().toMillis());
    }
}
