package dev.monarch.spring.boot.actuate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MonarchInfoAutoConfigurationTests {

    private final ApplicationContextRunner application =
            ApplicationWithActuator.with(MonarchInfoAutoConfiguration.class);

    @Test
    void itExistsByDefaultAndConnectsToNoServerYet() {
        application.run(context -> assertThat(context).hasSingleBean(MonarchInfoContributor.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.info.monarch.enabled=false",
                "management.info.defaults.enabled=false",
                "monarch.enabled=false"
            })
    void itDoesNotExistIfDisabled(String property) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MonarchInfoContributor.class));
    }

    @Test
    void anApplicationWithoutActuatorStartsWithoutIt() {
        application
                .withClassLoader(new FilteredClassLoader(ConditionalOnEnabledInfoContributor.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("monarchEnvironmentRegistry")
                        .doesNotHaveBean(MonarchInfoContributor.class));
    }
}
