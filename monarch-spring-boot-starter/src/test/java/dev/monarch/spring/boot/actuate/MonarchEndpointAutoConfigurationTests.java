package dev.monarch.spring.boot.actuate;

import java.time.Clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.spring.boot.operation.RunningOperations;

import static org.assertj.core.api.Assertions.assertThat;

class MonarchEndpointAutoConfigurationTests {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=monarch";

    private final ApplicationContextRunner application =
            ApplicationWithActuator.with(MonarchEndpointAutoConfiguration.class);

    @Test
    void theEndpointExistsIfExposed() {
        application
                .withPropertyValues(EXPOSED)
                .run(context -> assertThat(context)
                        .hasSingleBean(MonarchEndpoint.class)
                        .hasSingleBean(RunningOperations.class));
    }

    @Test
    void theEndpointDoesNotExistByDefault() {
        application.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(MonarchEndpoint.class)
                .doesNotHaveBean(RunningOperations.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"management.endpoint.monarch.access=NONE", "monarch.enabled=false"})
    void theEndpointDoesNotExistIfDisabled(String property) {
        application
                .withPropertyValues(EXPOSED, property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MonarchEndpoint.class));
    }

    @Test
    void anApplicationWithoutActuatorStartsWithoutIt() {
        application
                .withPropertyValues(EXPOSED)
                .withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("monarchEnvironmentRegistry")
                        .doesNotHaveBean("monarchEndpoint")
                        .doesNotHaveBean(RunningOperations.class));
    }

    @Test
    void theUsersRunningOperationsAreUsed() {
        application
                .withPropertyValues(EXPOSED)
                .withUserConfiguration(Users.class)
                .run(context -> assertThat(context)
                        .getBean(RunningOperations.class)
                        .isSameAs(context.getBean("usersOperations")));
    }

    /** A native image cannot detect types that are only serialized as JSON. */
    @Test
    void theResponsesAreRegisteredForNativeImages() {
        RuntimeHints hints = new RuntimeHints();
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, MonarchEndpointAutoConfiguration.class);

        assertThat(EndpointBody.class.getPermittedSubclasses())
                .hasSizeGreaterThan(6)
                .allSatisfy(
                        body -> assertThat(RuntimeHintsPredicates.reflection().onType(body))
                                .accepts(hints));
    }

    @Configuration(proxyBeanMethods = false)
    static class Users {

        @Bean
        RunningOperations usersOperations() {
            return new RunningOperations(Clock.systemUTC());
        }
    }
}
