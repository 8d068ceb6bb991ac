package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.backup.BackupSource;
import dev.monarch.backup.RestoreReport;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;

/** Restores a backup into an environment. */
@Command(
        name = "restore",
        description = "Restore a backup: load it next to the existing data, verify, then swap.",
        footer = {
            "  monarch restore production__2026_11_20T103005Z:staging",
                    "      The whole backup, from the default store.",
            "  monarch restore dump/kennel.archive.gz:staging", "      An archive that mongodump wrote.",
            "  monarch restore server.archive:staging --all", "      Every database in the archive of a whole server.",
            "  monarch restore nightly__2026_11_20T103005Z:staging --only dogs", "      One collection.",
            "  monarch restore nightly__2026_11_20T103005Z:development -q MaskedDogs",
                    "      The documents that the query set selects, masked by its rules.",
            "  monarch restore old.dmp.zip:development --rename 'dogs=old_dogs'",
                    "      A zip file of a dump, under another name."
        })
final class RestoreVerb extends VerbInContext implements EnvironmentChoice {

    @Parameters(
            paramLabel = "BACKUP:ENV",
            converter = BackupAndEnvironment.Converter.class,
            description = "A backup's name or the path of a dump, and the target environment.",
            completionCandidates = Completion.BackupsAndEnvironments.class)
    private BackupAndEnvironment what;

    @Mixin
    private StoreOption store;

    @ArgGroup
    private @Nullable Databases databases;

    @Mixin
    private QuerySetOptions querySet;

    @Option(
            names = "--rename",
            paramLabel = "FROM=TO,…",
            converter = CopyOptions.Renames.class,
            description = "Rename collections in the target. A * means the same text in both names.")
    private CopyOptions.Renames.Chosen renames = new CopyOptions.Renames.Chosen(List.of());

    @Mixin
    private WorkerOptions pace;

    @Mixin
    private ReplacementOptions options;

    private final RestoreService restores;

    private final EnvironmentRegistry environments;

    private final QuerySets querySets;

    RestoreVerb(RestoreService restores, EnvironmentRegistry environments, QuerySets querySets) {
        this.restores = restores;
        this.environments = environments;
        this.querySets = querySets;
    }

    /** The options for an archive with several databases. */
    static final class Databases {

        @Option(
                names = "--database",
                paramLabel = "NAME",
                description = "Restore this database of an archive with several.")
        private @Nullable String name;

        @Option(
                names = "--all",
                description = "Restore every database, each into its own environment on the server of ENV.")
        private boolean all;
    }

    @Override
    public String environment(Predicate<String> known) {
        return what.environment();
    }

    @Override
    Report run() {
        MonarchEnvironment environment = environments.own();
        RestoreRequest request =
                options.applyTo(RestoreRequest.of(BackupSource.of(what.backup(), store.name()), environment.name())
                        .ofDatabase(databases == null ? null : databases.name)
                        .renaming(renames.all())
                        .withQuerySet(querySet.get(querySets, environment.name()))
                        .paced(pace.get()));
        if (databases != null && databases.all) {
            return new RestoreAll(restores, environments, options, console()).run(request);
        }
        return new ReplacementRun<RestoreRequest>(
                        "Restore",
                        "backup",
                        GuardedOperation.RESTORE,
                        environment,
                        restores::plan,
                        (approved, approval) -> report(restores.restore(approved, approval)))
                .run(request, options, console());
    }

    private static Report report(RestoreReport report) {
        return Remarks.ofRestore(report).report(lines(report), document(report));
    }

    static List<String> lines(RestoreReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Restored " + report.backup() + " into '" + report.environment() + "': "
                + ReplacementTexts.loaded(report.replacement()));
        lines.addAll(ReplacementTexts.lines(report.replacement()));
        return lines;
    }

    static Document document(RestoreReport report) {
        Document document = new Document("backup", report.backup()).append("environment", report.environment());
        return ReplacementTexts.append(report.replacement(), document);
    }
}
