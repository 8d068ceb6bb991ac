package dev.monarch.engine.migration;

import java.util.List;

import dev.monarch.Fact;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.Reason;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.migration.MigrationSet;

/** Whether a server can run transactional migrations. */
final class TransactionSupport {

    private TransactionSupport() {}

    /**
     * Refuses transactional migrations on a server without transactions.
     *
     * @param migrations the application's migrations
     * @param ids those that are to run
     * @param deployment the server
     * @throws InvalidMigrationsException if one of them is transactional and the server has no transactions
     */
    static void require(MigrationSet migrations, List<String> ids, Deployment deployment) {
        List<String> problems = deployment.transactions()
                ? List.of()
                : ids.stream()
                        .flatMap(id -> migrations.find(id).stream())
                        .filter(migration -> migration.policy().transactional())
                        .map(migration -> "'" + migration.id() + "' is transactional (" + migration.source()
                                + "), but a standalone server has no transactions: run the server as a replica set (one"
                                + " member is enough), or remove 'transactional'.")
                        .toList();
        if (!problems.isEmpty()) {
            throw new InvalidMigrationsException(Fact.all(Reason.INVALID_MIGRATION, problems));
        }
    }
}
