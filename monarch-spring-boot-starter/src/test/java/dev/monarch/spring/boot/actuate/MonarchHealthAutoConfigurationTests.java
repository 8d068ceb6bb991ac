package dev.monarch.spring.boot.actuate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MonarchHealthAutoConfigurationTests {

    private final ApplicationContextRunner application =
            ApplicationWithActuator.with(MonarchHealthAutoConfiguration.class);

    @Test
    void itExistsByDefaultAndConnectsToNoServerYet() {
        application.run(context -> assertThat(context).hasSingleBean(MonarchHealthIndicator.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.health.monarch.enabled=false",
                "management.health.defaults.enabled=false",
                "monarch.enabled=false"
            })
    void itDoesNotExistIfDisabled(String property) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MonarchHealthIndicator.class));
    }

    @Test
    void anApplicationWithoutActuatorStartsWithoutIt() {
        application
                .withClassLoader(new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("monarchEnvironmentRegistry")
                        .doesNotHaveBean(MonarchHealthIndicator.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"monarchHealthIndicator", "monarchHealthContributor"})
    void anOwnBeanOfTheApplicationIsUsed(String name) {
        application
                .withBean(name, HealthIndicator.class, () -> () -> Health.up().build())
                .run(context -> assertThat(context)
                        .doesNotHaveBean(MonarchHealthIndicator.class)
                        .hasSingleBean(HealthIndicator.class));
    }

    @Test
    void anAgeThatIsNotPositiveIsRefused() {
        application
                .withPropertyValues("monarch.health.backup-max-age=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("monarch.health.backup-max-age")
                        .hasMessageContaining("It must be positive"));
    }
}
