package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.archive.Compression;
import dev.monarch.backup.BackupReport;
import dev.monarch.backup.BackupRequest;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.transfer.Consistency;

/** Takes a backup. */
final class BackupVerb implements EnvironmentVerb {

    private static final String NAME = "--name";

    private static final String COMPRESSION = "--compression";

    private static final String CONSISTENCY = "--consistency";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.environment(0),
                VerbOptions.value(NAME, "NAME", "What its name begins with, instead of the environment's."),
                VerbOptions.value(
                        COMPRESSION, Choice.label(Compression.class), "How to compress; the best there is otherwise."),
                VerbOptions.value(
                        CONSISTENCY,
                        Choice.label(Consistency.class),
                        "snapshot: all at one time or fail; best (default): as far as the server can."),
                VerbOptions.store(),
                VerbOptions.allowEmpty()));
        arguments.addAll(Choosing.options());
        arguments.addAll(Selecting.options());
        return new VerbDescription(
                "backup",
                List.of(),
                "Takes a backup of an environment; a failed one leaves nothing.",
                arguments,
                List.of(
                        new Example("backup production", "Everything, at one time where the server can."),
                        new Example("backup production --name nightly --compression gzip", "For mongorestore --gzip."),
                        new Example("backup --only 'dogs,dog_*'", "Some collections of the application's own.")));
    }

    @Override
    public int environmentAt() {
        return 0;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        String environment = Beans.environments(beans).own().name();
        InterruptedSwap.endOrTell(arguments, console, beans);
        QuerySetRequest querySet = Choosing.of(arguments, console, Beans.querySets(beans), environment);
        BackupRequest request = BackupRequest.of(environment)
                .named(arguments.option(NAME))
                .into(arguments.option(VerbOptions.STORE))
                .compressed(Choice.of(arguments, COMPRESSION, Compression.class, Compression.best()))
                .consistent(Choice.of(arguments, CONSISTENCY, Consistency.class, Consistency.BEST))
                .selecting(Selecting.of(arguments))
                .choosing(querySet);
        request = arguments.has(VerbOptions.ALLOW_EMPTY) ? request.allowingEmpty() : request;
        try (TransferLines lines = new TransferLines(console)) {
            BackupReport report = Beans.backups(beans).backup(request.telling(lines));
            return Remarks.ofBackup(report.manifest(), Beans.environments(beans).own())
                    .report(BackupTexts.taken(report), BackupTexts.document(report.manifest()));
        }
    }
}
