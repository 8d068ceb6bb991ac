package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.function.Predicate;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.DatabaseRemoval;

/** Drops the database of an environment. */
@Command(
        name = "drop-db",
        description = "Drop the database of an environment. A protected or remote one needs monarch.drop-enabled.",
        footer = {"  monarch drop-db development", "      Show what would be lost, and ask first."})
final class DropDbVerb extends VerbInContext implements EnvironmentChoice {

    @Parameters(
            paramLabel = "ENV",
            description = "The environment. Required.",
            completionCandidates = Completion.Environments.class)
    private String name;

    @Mixin
    private Confirmation confirmation;

    private final EnvironmentRegistry environments;

    private final DatabaseRemoval removal;

    DropDbVerb(EnvironmentRegistry environments, DatabaseRemoval removal) {
        this.environments = environments;
        this.removal = removal;
    }

    @Override
    public String environment(Predicate<String> known) {
        return name;
    }

    @Override
    Report run() {
        MonarchEnvironment environment = environments.own();
        List<String> collections = removal.plan(environment);
        String database = "the database '" + environment.address().database() + "' of '" + environment.name() + "'";
        if (collections.isEmpty()) {
            return report(environment, "There is nothing to drop: " + database + " is empty.", collections);
        }
        List<String> plan = List.of("Drop " + database + ", with " + String.join(", ", collections) + ".");
        Approval approval = confirmation.get(GuardedOperation.DROP_DATABASE, environment, plan);
        List<String> dropped = removal.drop(environment, approval);
        return report(
                environment, "Dropped " + database + ": " + Texts.count(dropped.size(), "collection") + ".", dropped);
    }

    private static Report report(MonarchEnvironment environment, String line, List<String> dropped) {
        return Report.done(List.of(line), new Document("environment", environment.name()).append("dropped", dropped));
    }
}
