package dev.monarch.spring.boot.command.library;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Makes the library's verb a bean. */
@AutoConfiguration
public final class GreetingAutoConfiguration {

    @Bean
    GreetCommand greetCommand(Environment properties) {
        return new GreetCommand(properties, "good morning");
    }
}
