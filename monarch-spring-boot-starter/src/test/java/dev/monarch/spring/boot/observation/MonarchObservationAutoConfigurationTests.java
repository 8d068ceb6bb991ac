package dev.monarch.spring.boot.observation;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.monarch.spring.boot.actuate.ApplicationWithActuator;

import static org.assertj.core.api.Assertions.assertThat;

class MonarchObservationAutoConfigurationTests {

    private final ApplicationContextRunner application =
            ApplicationWithActuator.with(MonarchObservationAutoConfiguration.class);

    private final ApplicationContextRunner withRegistry =
            application.withBean(ObservationRegistry.class, ObservationRegistry::create);

    @Test
    void operationsAreObservedIfThereIsARegistry() {
        withRegistry.run(context -> assertThat(context).hasSingleBean(ObservedOperations.class));
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ObservedOperations.class));
    }

    @Test
    void nothingIsObservedWithoutMonarch() {
        withRegistry
                .withPropertyValues("monarch.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ObservedOperations.class));
    }

    @Test
    void anApplicationWithoutMicrometersModuleStarts() {
        application
                .withClassLoader(new FilteredClassLoader(ObservationAutoConfiguration.class, ObservationRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("monarchEnvironmentRegistry")
                        .doesNotHaveBean("monarchObservedOperations"));
    }
}
