package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.MigrationSettings.OtherHistories;
import dev.monarch.migration.MigrationSettings.OutOfOrder;
import dev.monarch.migration.MigrationSettings.UnknownMigrations;

/**
 * How migrations are run.
 *
 * @param runAt When pending migrations run.
 * @param whenLocked What to do when another process holds the lock. 'skip' needs 'run-at=ready'.
 * @param historyCollection Collection that holds the history.
 * @param scope Distinguishes the histories of several applications in one database.
 * @param unknown What to do about ids in the history without a migration.
 * @param outOfOrder What to do about a pending migration whose id is older than that of an applied one.
 * @param maxAttempts How often a migration may start without success before runs refuse it.
 * @param otherHistory What to do if the database has the history of another migration tool, and Monarch's own is empty.
 * @param backupFirst Whether to take a backup before migrations run. If the backup fails, the run does not start.
 * @param environments Environments that the application migrates when it starts, in this order. When not set, its own.
 * @param connectTimeout How long the start waits for a server to answer. When not set, as long as the driver looks for one.
 * @param connectRetries How often the start tries again if no server answers. The pause is 1 s, and doubles each time.
 * @param connectRetriesInterval Longest pause between two tries.
 * @param warnAfter How long a migration runs before the log warns of it, with its progress.
 * @param warnEvery How long after a warning the log warns of the same migration again.
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
        @DefaultValue("refuse") OtherHistories otherHistory,
        @DefaultValue("false") boolean backupFirst,
        @DefaultValue List<String> environments,
        @Nullable Duration connectTimeout,
        @DefaultValue("0") int connectRetries,
        @DefaultValue("120s") Duration connectRetriesInterval,
        @DefaultValue("1m") Duration warnAfter,
        @DefaultValue("5m") Duration warnEvery) {

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
        environments = List.copyOf(environments);
        require(
                Set.copyOf(environments).size() == environments.size(),
                "environments",
                environments,
                "It must not name an environment twice.");
        if (connectTimeout != null) {
            require(isPositive(connectTimeout), "connect-timeout", connectTimeout, "It must be positive.");
        }
        require(connectRetries >= 0, "connect-retries", connectRetries, "It must not be negative.");
        require(
                isPositive(connectRetriesInterval),
                "connect-retries-interval",
                connectRetriesInterval,
                "It must be positive.");
        require(isPositive(warnAfter), "warn-after", warnAfter, "It must be positive.");
        require(isPositive(warnEvery), "warn-every", warnEvery, "It must be positive.");
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean right, String property, Object value, String reason) {
        if (!right) {
            throw new InvalidConfigurationPropertyValueException("monarch.migrations." + property, value, reason);
        }
    }

    /**
     * Returns the environments that the application migrates when it starts.
     *
     * @param registry the environments of the application
     * @return the environments in their order
     * @throws dev.monarch.UnknownEnvironmentException if one of the names is not configured
     */
    public List<MonarchEnvironment> environmentsIn(EnvironmentRegistry registry) {
        return environments.isEmpty()
                ? List.of(registry.own())
                : environments.stream().map(registry::get).toList();
    }

    /**
     * Tells whether the application migrates an environment when it starts.
     *
     * @param environment the name of the environment
     * @param registry the environments of the application
     * @return whether it is among {@link #environmentsIn}
     */
    public boolean migrates(String environment, EnvironmentRegistry registry) {
        return environments.isEmpty() ? registry.own().name().equals(environment) : environments.contains(environment);
    }

    /**
     * Returns the settings for running migrations.
     *
     * @param lock the timing of the lock
     * @return the settings
     */
    public MigrationSettings toSettings(LockSettings lock) {
        return new MigrationSettings(
                historyCollection, scope, unknown, outOfOrder, maxAttempts, otherHistory, lock, warnAfter, warnEvery);
    }
}
