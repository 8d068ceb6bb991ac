package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Optional;

/** The verbs that Monarch brings, in the order the help lists them. */
final class Verbs {

    private final List<Verb> all;

    Verbs() {
        this.all = List.of(
                new InitVerb(),
                new GenerateVerb(),
                new StatusVerb(),
                new MigrateVerb(),
                new MigrateOneVerb(),
                new RollbackVerb(),
                new IgnoreVerb(),
                new BaselineVerb(),
                new ResolveVerb(),
                new UnlockVerb(),
                new BackupVerb(),
                new ListBackupsVerb(),
                new ShowBackupVerb(),
                new VerifyBackupVerb(),
                new CopyBackupVerb(),
                new DeleteBackupVerb(),
                new PruneBackupsVerb(),
                new RestoreVerb(),
                new CopyDbVerb(),
                new SwapVerb(),
                new RehearseVerb(),
                new GenerateQuerySetVerb(),
                new ListQuerySetsVerb(),
                new DropDbVerb(),
                new ListEnvironmentsVerb(),
                new HelpVerb(this));
    }

    List<Verb> all() {
        return all;
    }

    List<String> names() {
        return all.stream().map(verb -> verb.description().name()).toList();
    }

    /** The verb that answers to a name, its own or another. */
    Optional<Verb> find(String name) {
        return all.stream()
                .filter(verb -> verb.description().name().equals(name)
                        || verb.description().aliases().contains(name))
                .findFirst();
    }
}
