package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.scheduling.support.CronExpression;

import dev.monarch.InvalidRequestException;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.schedule.BackupSchedule;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.transfer.Pace;

/** Creates schedules from {@code monarch.backups.schedules}, or says which property is wrong. */
final class ConfiguredSchedules {

    static final String PROPERTY = "monarch.backups.schedules";

    private final EnvironmentRegistry environments;

    private final BackupStores stores;

    private final ConfiguredRetentions retentions;

    private final QuerySets querySets;

    ConfiguredSchedules(
            EnvironmentRegistry environments,
            BackupStores stores,
            ConfiguredRetentions retentions,
            QuerySets querySets) {
        this.environments = environments;
        this.stores = stores;
        this.retentions = retentions;
        this.querySets = querySets;
    }

    List<BackupSchedule> of(List<ScheduleProperties> all, TransferProperties transfer) {
        List<BackupSchedule> schedules = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String property = PROPERTY + "[" + i + "]";
            BackupSchedule schedule = schedule(all.get(i), property, transfer);
            require(
                    schedules.stream().noneMatch(other -> other.id().equals(schedule.id())),
                    property,
                    schedule.id(),
                    "There are two schedules with this name: remove one, or rename it.");
            schedules.add(schedule);
        }
        return schedules;
    }

    private BackupSchedule schedule(ScheduleProperties properties, String property, TransferProperties transfer) {
        CronExpression cron = cron(properties, property + ".cron");
        String environment = environment(properties, property + ".environment");
        requireName(properties.name(), property + ".name");
        requireStore(properties.store(), property + ".store");
        return new BackupSchedule(
                id(properties, environment),
                new CronTimes(cron, properties.zone()),
                environment,
                properties.name(),
                properties.store(),
                querySet(properties, environment, property),
                properties.toPace(property).or(transfer.toPace()).or(Pace.GENTLE),
                properties.verifyAfter(),
                properties.pruneAfter() ? retention(environment, property + ".prune-after") : null);
    }

    /** Everything that identifies a schedule. A changed schedule counts as a new one. */
    private static String id(ScheduleProperties properties, String environment) {
        return (properties.name() != null ? properties.name() : environment) + ": " + properties.cron() + " "
                + properties.zone() + (properties.store() != null ? " into " + properties.store() : "")
                + (properties.querySet() != null ? " of " + properties.querySet() : "");
    }

    private @Nullable QuerySetRequest querySet(ScheduleProperties properties, String environment, String property) {
        if (properties.querySet() == null) {
            require(
                    properties.parameters().isEmpty(),
                    property + ".parameters",
                    properties.parameters().keySet(),
                    "Parameters need a query set, and none is set: remove them.");
            return null;
        }
        QuerySetRequest request = new QuerySetRequest(properties.querySet(), properties.parameters());
        try {
            querySets.check(request, environment);
            return request;
        } catch (InvalidRequestException e) {
            throw invalid(property + ".query-set", request, String.join(" ", e.problems()));
        }
    }

    private static CronExpression cron(ScheduleProperties properties, String property) {
        String cron = properties.cron();
        if (cron == null) {
            throw invalid(property, "nothing", "Set when the backup is due: '0 30 2 * * *' is every night at 02:30.");
        }
        try {
            return CronExpression.parse(cron);
        } catch (IllegalArgumentException e) {
            throw invalid(
                    property,
                    cron,
                    "It must have second, minute, hour, day of month, month and day of week, as in '0 30 2 * * *': "
                            + e.getMessage());
        }
    }

    private String environment(ScheduleProperties properties, String property) {
        String environment = properties.environment();
        if (environment == null) {
            return environments.own().name();
        }
        require(
                environments.names().contains(environment),
                property,
                environment,
                "There is no such environment; there are: " + String.join(", ", environments.names()) + "."
                        + NearestNames.question(environment, environments.names()));
        return environment;
    }

    private static void requireName(@Nullable String name, String property) {
        if (name != null) {
            BackupStore.nameProblem(name).ifPresent(problem -> {
                throw invalid(property, name, "A backup cannot have this name: it " + problem + ".");
            });
        }
    }

    private void requireStore(@Nullable String store, String property) {
        require(
                store == null || stores.names().contains(store),
                property,
                store,
                "There is no such store; there are: " + String.join(", ", stores.names()) + ".");
        // If there is no store, it says where to configure one.
        Objects.requireNonNull(stores.get(store));
    }

    private Retention retention(String environment, String property) {
        return retentions
                .of(environment)
                .orElseThrow(() -> invalid(
                        property,
                        true,
                        "There is no retention for '" + environment + "'. Set "
                                + ConfiguredRetentions.PROPERTY + "." + environment + " or "
                                + ConfiguredRetentions.PROPERTY + ".default."));
    }

    private static void require(boolean right, String property, @Nullable Object value, String reason) {
        if (!right) {
            throw invalid(property, value, reason);
        }
    }

    private static InvalidConfigurationPropertyValueException invalid(
            String property, @Nullable Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(property, value, reason);
    }
}
