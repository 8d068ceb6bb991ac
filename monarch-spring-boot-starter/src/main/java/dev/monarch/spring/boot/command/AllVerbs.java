package dev.monarch.spring.boot.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code monarch} with all its verbs. The help lists them in this order. */
@Command(
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
final class AllVerbs extends Monarch {}
