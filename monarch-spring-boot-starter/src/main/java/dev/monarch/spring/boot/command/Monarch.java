package dev.monarch.spring.boot.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.spring.boot.advice.ExitCode;

/** The command {@code monarch}, which a verb follows. The help lists the verbs in this order. */
@Command(
        name = CommandArguments.WORD,
        customSynopsis = "java -jar app.jar [SPRING ARGUMENTS] monarch VERB [ARGUMENTS]",
        sortOptions = false,
        optionListHeading = "%n",
        commandListHeading = "%nVerbs:%n",
        footer = {"", "'monarch help VERB' explains a verb."},
        subcommands = {
            InitVerb.class,
            GenerateVerb.class,
            StatusVerb.class,
            MigrateVerb.class,
            MigrateOneVerb.class,
            RollbackVerb.class,
            IgnoreVerb.class,
            BaselineVerb.class,
            ResolveVerb.class,
            ImportHistoryVerb.class,
            UnlockVerb.class,
            BackfillsVerb.class,
            PauseVerb.class,
            ResumeVerb.class,
            RateVerb.class,
            RetryFailedVerb.class,
            UndoVerb.class,
            VersionsVerb.class,
            ContractVerb.class,
            BackupVerb.class,
            ListBackupsVerb.class,
            ShowBackupVerb.class,
            VerifyBackupVerb.class,
            CopyBackupVerb.class,
            DeleteBackupVerb.class,
            PruneBackupsVerb.class,
            RestoreVerb.class,
            CopyDbVerb.class,
            SwapVerb.class,
            RehearseVerb.class,
            PaceVerb.class,
            GenerateQuerySetVerb.class,
            ListQuerySetsVerb.class,
            DropDbVerb.class,
            ListEnvironmentsVerb.class,
            CompletionVerb.class,
            CompleteEnvironmentsVerb.class,
            CompleteBackupsVerb.class,
            HelpCommand.class
        })
final class Monarch implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(names = "--version", order = 103, versionHelp = true, description = "Show the version.")
    private boolean version;

    @Override
    public Integer call() {
        throw new CommandException(ExitCode.WRONG_USE, "No verb was given; 'monarch help' lists the verbs.");
    }
}
