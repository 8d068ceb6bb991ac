package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.archive.Compression;
import dev.monarch.backup.BackupReport;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;

/** Takes a backup of an environment. */
@Command(
        name = "backup",
        description = "Back up an environment. A failed backup leaves nothing behind.",
        footer = {
            "  monarch backup production", "      The whole database, at one point in time if the server supports it.",
            "  monarch backup production --name nightly --compression gzip",
                    "      In the format of mongorestore --gzip.",
            "  monarch backup --only 'dogs,dog_*'", "      Some collections of the application's own database."
        })
final class BackupVerb extends VerbInContext {

    @Mixin
    private OptionalEnvironment environment;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Prefix of the backup's name. Default: the environment's name.")
    private @Nullable String name;

    @Option(
            names = "--compression",
            paramLabel = "zstd|gzip|none",
            description = "Compression. Default: zstd, or gzip without zstd-jni.")
    private @Nullable Compression compression;

    @Mixin
    private ConsistencyOption consistency;

    @Mixin
    private SourceOptions pace;

    @Mixin
    private StoreOption store;

    @Mixin
    private AllowEmptyOption allowEmpty;

    @Mixin
    private QuerySetOptions querySet;

    @Mixin
    private Selection selection;

    private final EnvironmentRegistry environments;

    private final BackupService backups;

    private final QuerySets querySets;

    private final ListableBeanFactory beans;

    BackupVerb(
            EnvironmentRegistry environments, BackupService backups, QuerySets querySets, ListableBeanFactory beans) {
        this.environments = environments;
        this.backups = backups;
        this.querySets = querySets;
        this.beans = beans;
    }

    @Override
    Report run() {
        MonarchEnvironment source = environments.own();
        InterruptedSwap.endOrReport(false, console(), beans);
        BackupRequest request = BackupRequest.of(source.name())
                .named(name)
                .into(store.name())
                .compressed(compression != null ? compression : Compression.best())
                .consistent(consistency.get())
                .paced(pace.get())
                .selecting(selection.get())
                .withQuerySet(querySet.get(querySets, source.name()));
        request = allowEmpty.isGiven() ? request.allowingEmpty() : request;
        try (TransferLines lines = new TransferLines(console())) {
            BackupReport report = backups.backup(request.reportingTo(lines));
            return Remarks.ofBackup(report.manifest(), source)
                    .report(BackupTexts.taken(report), BackupTexts.document(report));
        }
    }
}
