package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.operation.InterruptibleOperations;

/** Auto-configuration for the end of running operations when the application stops. */
@AutoConfiguration(after = MonarchEnvironmentAutoConfiguration.class)
@ConditionalOnBean(EnvironmentRegistry.class)
public final class MonarchShutdownAutoConfiguration {

    private static final String REGISTER_HOOK = "spring.main.register-shutdown-hook";

    static final String TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

    /** Spring Boot's default. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** Called by Spring. */
    public MonarchShutdownAutoConfiguration() {}

    @Bean
    InterruptibleOperations monarchInterruptibleOperations() {
        return new InterruptibleOperations();
    }

    @Bean
    OperationShutdown monarchOperationShutdown(
            ConfigurableListableBeanFactory beans, InterruptibleOperations operations, Environment environment) {
        Duration timeout = Binder.get(environment).bind(TIMEOUT, Duration.class).orElse(DEFAULT_TIMEOUT);
        OperationShutdown shutdown = new OperationShutdown(() -> migrators(beans), operations, timeout);
        return environment.getProperty(REGISTER_HOOK, Boolean.class, true) ? shutdown.registerHook() : shutdown;
    }

    /** Those that exist: the end of an application must not create one. */
    private static List<Migrator> migrators(ConfigurableListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForType(Migrator.class, false, false))
                .map(beans::getSingleton)
                .filter(Migrator.class::isInstance)
                .map(Migrator.class::cast)
                .toList();
    }
}
