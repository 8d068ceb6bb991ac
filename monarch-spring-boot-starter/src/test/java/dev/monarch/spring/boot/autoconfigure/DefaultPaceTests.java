package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.ReadPreference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that serves requests is gentle by default. */
class DefaultPaceTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(
            MongoAutoConfiguration.class, DataMongoAutoConfiguration.class, MonarchEnvironmentAutoConfiguration.class);

    private static <R extends AbstractApplicationContextRunner<R, ?, ?>> R configured(R runner) {
        return runner.withConfiguration(CONFIGURATIONS)
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own");
    }

    @Test
    void anApplicationWithAWebServerIsGentle() {
        configured(new WebApplicationContextRunner())
                .run(context -> assertThat(context.getBean(Pace.class)).isEqualTo(Pace.GENTLE));
    }

    @Test
    void anotherApplicationIsFull() {
        configured(new ApplicationContextRunner())
                .run(context -> assertThat(context.getBean(Pace.class)).isEqualTo(Pace.FULL));
    }

    @Test
    void propertiesReplaceTheDefault() {
        configured(new WebApplicationContextRunner())
                .withPropertyValues(
                        "monarch.transfer.pace=20MB",
                        "monarch.transfer.workers=2",
                        "monarch.transfer.read-from=secondary-preferred")
                .run(context -> assertThat(context.getBean(Pace.class))
                        .isEqualTo(Pace.FULL
                                .atMost(DataSize.ofMegabytes(20))
                                .withWorkers(2)
                                .readingFrom(ReadPreference.secondaryPreferred())));
        configured(new WebApplicationContextRunner())
                .withPropertyValues("monarch.transfer.max-rate=5MB")
                .run(context ->
                        assertThat(context.getBean(Pace.class)).isEqualTo(Pace.GENTLE.atMost(DataSize.ofMegabytes(5))));
    }

    @Test
    void aBeanReplacesTheDefault() {
        Pace own = Pace.GENTLE.withWorkers(1);
        configured(new WebApplicationContextRunner())
                .withBean(Pace.class, () -> own)
                .run(context -> assertThat(context.getBean(Pace.class)).isEqualTo(own));
    }
}
