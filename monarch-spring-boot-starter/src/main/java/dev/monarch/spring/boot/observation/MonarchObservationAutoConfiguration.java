package dev.monarch.spring.boot.observation;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.autoconfigure.MonarchEnvironmentAutoConfiguration;

/** Auto-configuration for the observations, in an application that has an {@link ObservationRegistry}. */
@AutoConfiguration(
        after = MonarchEnvironmentAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({EnvironmentRegistry.class, ObservationRegistry.class})
public final class MonarchObservationAutoConfiguration {

    /** Called by Spring. */
    public MonarchObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ObservedOperations monarchObservedOperations(
            ObservationRegistry registry, ObjectProvider<MonarchObservationConvention> convention) {
        return new ObservedOperations(registry, convention.getIfAvailable());
    }
}
