package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

import dev.monarch.environment.EnvironmentRegistry;

/** Auto-configuration for the events of the application. */
@AutoConfiguration(after = MonarchEnvironmentAutoConfiguration.class)
@ConditionalOnBean(EnvironmentRegistry.class)
public final class MonarchEventAutoConfiguration {

    /** Called by Spring. */
    public MonarchEventAutoConfiguration() {}

    /** One for a context and its parents, whose listeners receive the events of both. */
    @Bean
    @ConditionalOnMissingBean
    ApplicationEvents monarchApplicationEvents(ApplicationEventPublisher publisher) {
        return new ApplicationEvents(publisher);
    }
}
