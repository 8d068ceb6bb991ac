package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.monarch.environment.LockSettings;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.MigrationSettings.OutOfOrder;
import dev.monarch.migration.MigrationSettings.UnknownMigrations;

/**
 * How migrations are run.
 *
 * @param runAt When pending migrations run.
 * @param whenLocked What to do when another process holds the lock. 'skip' needs 'run-at=ready'.
 * @param historyCollection Collection that holds the history.
 * @param scope Whose history it is, if several applications share a database.
 * @param unknown What to do about ids in the history that no migration has any more.
 * @param outOfOrder What to do about a pending migration whose id is older than that of an applied one.
 * @param maxAttempts How often a migration may start without success before runs refuse it.
 * @param backupFirst Whether to take a backup before migrations run. If the backup fails, the run does not start.
 */
@ConfigurationProperties("monarch.migrations")
public record MigrationProperties(
        @DefaultValue("startup") RunAt runAt,
        @DefaultValue("wait") WhenLocked whenLocked,
        @DefaultValue("monarch.history") String historyCollection,
        @DefaultValue("default") String scope,
        @DefaultValue("warn") UnknownMigrations unknown,
        @DefaultValue("run") OutOfOrder outOfOrder,
        @DefaultValue("10") int maxAttempts,
        @DefaultValue("false") boolean backupFirst) {

    public MigrationProperties {
        require(
                whenLocked != WhenLocked.SKIP || runAt == RunAt.READY,
                "when-locked",
                "skip",
                "An application must not be ready for traffic while another process migrates: 'skip' needs"
                        + " monarch.migrations.run-at=ready.");
        require(!historyCollection.isBlank(), "history-collection", historyCollection, "It must not be blank.");
        require(!scope.isBlank(), "scope", scope, "It must not be blank.");
        require(maxAttempts >= 1, "max-attempts", maxAttempts, "It must be at least 1.");
    }

    private static void require(boolean right, String property, Object value, String reason) {
        if (!right) {
            throw new InvalidConfigurationPropertyValueException("monarch.migrations." + property, value, reason);
        }
    }

    /**
     * Returns the settings for running migrations.
     *
     * @param lock the timing of the lock
     * @return the settings
     */
    public MigrationSettings toSettings(LockSettings lock) {
        return new MigrationSettings(historyCollection, scope, unknown, outOfOrder, maxAttempts, lock);
    }
}
