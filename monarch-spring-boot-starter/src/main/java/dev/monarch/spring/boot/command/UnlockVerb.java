package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Optional;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.migration.Migrator;

/** Removes the lock of a holder. */
@Command(
        name = "unlock",
        description = "Remove the lock from its holder. A live holder detects this and stops.",
        footer = {"  monarch unlock staging", "      The lease of a dead holder expires automatically after a minute."})
final class UnlockVerb extends MigrationVerb {

    @Mixin
    private OptionalEnvironment environment;

    @Mixin
    private Confirmation confirmation;

    UnlockVerb(Migrator migrator, ListableBeanFactory beans) {
        super(migrator, beans);
    }

    @Override
    Report run() {
        Optional<LockHolder> holder = migrator().lockHolder();
        if (holder.isEmpty()) {
            return report(environment(), null);
        }
        Approval approval = confirmation.get(
                GuardedOperation.AMEND_HISTORY,
                migrator().environment(),
                List.of(
                        "Environment '" + environment() + "': the lock is held by " + holder.get() + ".",
                        "The lock will be removed. What that process has written since its last step is not rolled back."));
        return report(environment(), migrator().unlock(approval).orElse(null));
    }

    private static Report report(String environment, @Nullable LockHolder former) {
        return Report.done(
                List.of("Environment '" + environment + "': "
                        + (former == null
                                ? "the lock was already free."
                                : "the lock was removed from " + former + ".")),
                new Document("environment", environment)
                        .append("takenFrom", former != null ? former.toString() : null));
    }
}
