package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.DatabaseRemoval;

/** Drops the database of an environment. */
final class DropDbVerb implements EnvironmentVerb {

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments =
                new ArrayList<>(List.of(VerbOptions.word(0, "ENV", "The environment; never left out.")));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "drop-db",
                List.of(),
                "Drops the database of an environment; a protected or remote one only if monarch.drop-enabled.",
                arguments,
                List.of(new Example("drop-db development", "Asks first, and says what would be gone.")));
    }

    @Override
    public int environmentAt() {
        return 0;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        MonarchEnvironment environment = Beans.environments(beans).own();
        DatabaseRemoval removal = Beans.removal(beans);
        List<String> collections = removal.plan(environment);
        List<String> plan = new ArrayList<>();
        plan.add("Drop the database '" + environment.address().database() + "' of '" + environment.name()
                + "', and with it "
                + (collections.isEmpty() ? "nothing: it is empty" : String.join(", ", collections)) + ".");
        Approval approval = new Confirmation(arguments, console).get(GuardedOperation.DROP_DATABASE, environment, plan);
        List<String> dropped = removal.drop(environment, approval);
        return Report.done(
                List.of("Dropped the database '" + environment.address().database() + "' of '" + environment.name()
                        + "': " + Texts.count(dropped.size(), "collection") + "."),
                new Document("environment", environment.name()).append("dropped", dropped));
    }
}
