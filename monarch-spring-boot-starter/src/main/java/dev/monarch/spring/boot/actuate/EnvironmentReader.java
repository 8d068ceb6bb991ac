package dev.monarch.spring.boot.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;

/** Reads the state of environments with the migrations of the application. */
final class EnvironmentReader {

    private final EnvironmentRegistry environments;

    private final ListableBeanFactory beans;

    private final MigrationProperties properties;

    private final MigrationSettings settings;

    EnvironmentReader(EnvironmentRegistry environments, ListableBeanFactory beans, MigrationProperties properties) {
        this.environments = environments;
        this.beans = beans;
        this.properties = properties;
        this.settings = properties.toSettings(LockSettings.DEFAULT);
    }

    EnvironmentRegistry environments() {
        return environments;
    }

    /**
     * Returns an environment.
     *
     * @param name its name; null for the application's own
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     */
    MonarchEnvironment environment(@Nullable String name) {
        return name == null ? environments.own() : environments.get(name);
    }

    /** {@return whether the application migrates an environment when it starts} */
    boolean migrates(MonarchEnvironment environment) {
        return properties.migrates(environment.name(), environments);
    }

    /**
     * Returns the migrated environments without the application's own. Their clients are Monarch's, and the start of the
     * application has opened them.
     *
     * @throws dev.monarch.UnknownEnvironmentException if one of them is not configured
     */
    List<MonarchEnvironment> othersMigrated() {
        String own = environments.own().name();
        return properties.environmentsIn(environments).stream()
                .filter(environment -> !environment.name().equals(own))
                .toList();
    }

    /**
     * Returns the application's own environment without a client of Monarch's own, so that reading opens no connection
     * that the application does not have.
     *
     * @throws dev.monarch.InvalidEnvironmentException if the application does not say which database it uses
     */
    MonarchEnvironment ownOnTheApplicationsClient() {
        MonarchEnvironment own = environments.own();
        return MonarchEnvironment.using(
                own.name(), Protection.DEFAULT, own.client(), own.address().database());
    }

    EnvironmentStatus status(MonarchEnvironment environment) {
        return EnvironmentStatus.of(environment, MigrationSet.in(beans), settings);
    }
}
