package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migrator;

/** The environments that an application migrates when it starts, in order, each with its migrator. */
final class BootMigrators {

    private static final String PROPERTY = "monarch.migrations.environments";

    private final ObjectProvider<Migrator> own;

    private final EnvironmentRegistry registry;

    private final MigrationProperties properties;

    BootMigrators(ObjectProvider<Migrator> own, EnvironmentRegistry registry, MigrationProperties properties) {
        this.own = own;
        this.registry = registry;
        this.properties = properties;
    }

    /**
     * Returns the environments.
     *
     * @throws dev.monarch.UnknownEnvironmentException if one of them is not configured
     * @throws InvalidEnvironmentException if one of them is not usable, or if two are the same database
     */
    List<MonarchEnvironment> environments() {
        List<MonarchEnvironment> environments = properties.environmentsIn(registry);
        for (int i = 1; i < environments.size(); i++) {
            requireAnotherDatabase(environments.get(i), environments.subList(0, i));
        }
        return environments;
    }

    private static void requireAnotherDatabase(MonarchEnvironment environment, List<MonarchEnvironment> before) {
        for (MonarchEnvironment other : before) {
            if (other.address().isSamePlaceAs(environment.address())) {
                throw new InvalidEnvironmentException(
                        environment.name(),
                        PROPERTY,
                        "it is the same database as '" + other.name() + "', and each database is migrated once");
            }
        }
    }

    /**
     * Returns the migrators. Each environment other than the application's own gets its migrator from the own one.
     *
     * @throws dev.monarch.InvalidMigrationsException if a migration of another environment would write into the own one
     */
    List<Migrator> all() {
        Migrator application = own.getObject();
        if (properties.environments().isEmpty()) {
            return List.of(application);
        }
        List<Migrator> all = new ArrayList<>();
        for (MonarchEnvironment environment : environments()) {
            boolean isOwn = environment.name().equals(application.environment().name());
            all.add(isOwn ? application : application.on(environment));
        }
        return List.copyOf(all);
    }
}
