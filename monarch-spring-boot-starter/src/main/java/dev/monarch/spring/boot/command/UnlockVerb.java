package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.migration.Migrator;

/** Takes the lock away from whoever holds it. */
final class UnlockVerb implements EnvironmentVerb {

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(VerbOptions.environment(0)));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "unlock",
                List.of(),
                "Takes the lock away from whoever holds it; a holder that is alive notices, and stops.",
                arguments,
                List.of(new Example("unlock staging", "A dead holder's lease runs out by itself, after a minute.")));
    }

    @Override
    public int environmentAt() {
        return 0;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        Migrator migrator = Beans.migrator(beans);
        String environment = migrator.environment().name();
        Optional<LockHolder> holder = migrator.lockHolder();
        if (holder.isEmpty()) {
            return report(environment, null);
        }
        Approval approval = new Confirmation(arguments, console)
                .get(
                        GuardedOperation.AMEND_HISTORY,
                        migrator.environment(),
                        List.of(
                                "Environment '" + environment + "': the lock is held by " + holder.get() + ".",
                                "It will be taken away. What that process has written since its last step is not taken"
                                        + " back."));
        return report(environment, migrator.unlock(approval).orElse(null));
    }

    private static Report report(String environment, @Nullable LockHolder former) {
        return Report.done(
                List.of("Environment '" + environment + "': "
                        + (former == null
                                ? "the lock was free already."
                                : "the lock was taken away from " + former + ".")),
                new Document("environment", environment)
                        .append("takenFrom", former != null ? former.toString() : null));
    }
}
