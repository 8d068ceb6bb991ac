package dev.monarch.spring.boot.status;

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
public final class EnvironmentReader {

    private final EnvironmentRegistry environments;

    private final ListableBeanFactory beans;

    private final MigrationProperties properties;

    private final MigrationSettings settings;

    private final ServerAnswers answers = new ServerAnswers();

    /**
     * Creates a reader. It connects to nothing yet.
     *
     * @param environments the environments
     * @param beans has the migrations
     * @param properties how they are run
     */
    public EnvironmentReader(
            EnvironmentRegistry environments, ListableBeanFactory beans, MigrationProperties properties) {
        this.environments = environments;
        this.beans = beans;
        this.properties = properties;
        this.settings = properties.toSettings(LockSettings.DEFAULT);
    }

    /** {@return all environments} */
    public EnvironmentRegistry environments() {
        return environments;
    }

    /**
     * Returns an environment.
     *
     * @param name its name; null for the application's own
     * @return the environment
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     */
    public MonarchEnvironment environment(@Nullable String name) {
        return name == null ? environments.own() : environments.get(name);
    }

    /** {@return the migrations and the backfills of the application} */
    public MigrationSet migrations() {
        return beans.getBeanProvider(MigrationSet.class).getIfAvailable(() -> MigrationSet.in(beans));
    }

    /**
     * Tells whether the application migrates an environment when it starts.
     *
     * @param environment the environment
     * @return whether it does
     */
    public boolean migrates(MonarchEnvironment environment) {
        return properties.migrates(environment.name(), environments);
    }

    /**
     * Returns the migrated environments without the application's own. Their clients are Monarch's, and the start of the
     * application has opened them.
     *
     * @return the environments, in their order
     * @throws dev.monarch.UnknownEnvironmentException if one of them is not configured
     */
    public List<MonarchEnvironment> othersMigrated() {
        String own = environments.own().name();
        return properties.environmentsIn(environments).stream()
                .filter(environment -> !environment.name().equals(own))
                .toList();
    }

    /**
     * Returns the application's own environment without a client of Monarch's own, so that reading opens no connection
     * that the application does not have.
     *
     * @return the own environment
     * @throws dev.monarch.InvalidEnvironmentException if the application does not say which database it uses
     */
    public MonarchEnvironment ownOnTheApplicationsClient() {
        MonarchEnvironment own = environments.own();
        return MonarchEnvironment.using(
                own.name(), Protection.DEFAULT, own.client(), own.address().database());
    }

    /**
     * Reads the state of an environment. Waits at most a few seconds for a server that does not answer.
     *
     * @param environment the environment
     * @return its state
     * @throws dev.monarch.TransferFailedException if no server answers
     */
    public EnvironmentStatus status(MonarchEnvironment environment) {
        answers.require(environment);
        return EnvironmentStatus.of(environment, migrations(), settings);
    }

    /**
     * Reads the state of an environment's lock. Waits at most a few seconds for a server that does not answer.
     *
     * @param environment the environment
     * @return its state
     * @throws dev.monarch.TransferFailedException if no server answers
     */
    public LockState lock(MonarchEnvironment environment) {
        answers.require(environment);
        return LockState.of(environment);
    }
}
