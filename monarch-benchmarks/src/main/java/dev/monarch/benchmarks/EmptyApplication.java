package dev.monarch.benchmarks;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application without a class of its own. As a command it runs Monarch's verbs; otherwise it starts completely and
 * ends.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class EmptyApplication {

    /**
     * Starts it, and ends it.
     *
     * @param arguments Spring's arguments, and those of a command
     */
    public static void main(String[] arguments) {
        SpringApplication.run(EmptyApplication.class, arguments).close();
    }
}
