package dev.monarch.spring.boot.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.monarch.spring.boot.actuate.ApplicationWithActuator;

import static org.assertj.core.api.Assertions.assertThat;

class MonarchMetricsAutoConfigurationTests {

    private final ApplicationContextRunner application =
            ApplicationWithActuator.with(MonarchMetricsAutoConfiguration.class);

    private final ApplicationContextRunner withRegistry =
            application.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    @Test
    void thereAreGaugesIfThereIsARegistryAndTheyAskNoOneYet() {
        withRegistry.run(context -> {
            assertThat(context).hasSingleBean(MonarchGauges.class).hasSingleBean(GaugeValues.class);
            assertThat(context.getBean(MeterRegistry.class).getMeters()).isEmpty();
        });
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MonarchGauges.class));
    }

    @Test
    void thereAreNoneWithoutMonarch() {
        withRegistry
                .withPropertyValues("monarch.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MonarchGauges.class));
    }

    @Test
    void anApplicationWithoutMicrometerStarts() {
        application
                .withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("monarchEnvironmentRegistry")
                        .doesNotHaveBean("monarchGauges")
                        .doesNotHaveBean("monarchGaugeValues"));
    }
}
