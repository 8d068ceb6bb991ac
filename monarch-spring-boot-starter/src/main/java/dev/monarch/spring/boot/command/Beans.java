package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migrator;

/** The beans that verbs work with. */
final class Beans {

    private Beans() {}

    static EnvironmentRegistry environments(ListableBeanFactory beans) {
        return get(EnvironmentRegistry.class, beans);
    }

    static Migrator migrator(ListableBeanFactory beans) {
        return get(Migrator.class, beans);
    }

    private static <T> T get(Class<T> type, ListableBeanFactory beans) {
        T bean = beans.getBeanProvider(type).getIfAvailable();
        if (bean == null) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "This application has no MongoDB for Monarch: there is no MongoDatabaseFactory bean, or monarch.enabled"
                            + " is false.");
        }
        return bean;
    }
}
