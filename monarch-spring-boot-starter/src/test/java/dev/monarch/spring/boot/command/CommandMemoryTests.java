package dev.monarch.spring.boot.command;

import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A process that goes on after a command, for example because a test has run it. */
@MongoTest
class CommandMemoryTests {

    private static volatile @Nullable WeakReference<ConfigurableListableBeanFactory> beansOfTheCommand;

    @Test
    void nothingOfTheApplicationIsKept(TestMongo mongo) {
        Commands.on(mongo).and(Remembered.class).run("status");

        WeakReference<ConfigurableListableBeanFactory> beans = requireNonNull(beansOfTheCommand);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(beans.refersTo(null)).isTrue();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Remembered {

        @Bean
        static BeanFactoryPostProcessor remembering() {
            return beans -> beansOfTheCommand = new WeakReference<>(beans);
        }
    }
}
